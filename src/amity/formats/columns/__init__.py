"""Tables of people: what each column says, and how a row becomes a contact.

A table of any program is read in the same way. Its columns are given a meaning (``fields``): Google's,
Outlook's and Thunderbird's readers know it by heart, and of any other table ``proposal`` guesses it from its
header's words and first rows. The owner may correct it. Then ``reading`` turns row after row into records.
"""
