"""Room: two records of one person: which they are, how they become one, how they come apart again."""
