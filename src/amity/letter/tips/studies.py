"""Tips that rest on a named study, each with its source and how sure one can be."""

from __future__ import annotations

from amity.letter.tips import Tip

STUDIES = (
    Tip(
        "just-reach-out",
        "Your note is more welcome than you think",
        "Think of one person who crossed your mind this week and tell them so, in two lines, wanting "
        "nothing. People who reached out guessed again and again that it would matter less than it did. "
        "The surprise is a large part of the gift, so it need not be an occasion.",
        "Liu, Rim, Min and Min 2023, Journal of Personality and Social Psychology",
        "Fairly sure: thirteen experiments, mostly in one country, with short notes and small gifts.",
    ),
    Tip(
        "warm-up",
        "Warm up with an easy one",
        "If writing to an old friend feels stiff, first send two messages to people you talk with anyway."
        " Then write the harder one straight after. Warming up moved more people to press send than "
        "encouragement did.",
        "Aknin and Sandstrom 2024, Communications Psychology",
        "Fairly sure that it helps a little; even then about half did not write.",
    ),
    Tip(
        "liking-gap",
        "They liked you more than you noticed",
        "After a first conversation most people underrate how much they were liked. When you replay an "
        "evening in your head and wince, take that as the known error of the instrument, and send the "
        "follow-up you were going to drop.",
        "Boothby, Cooney, Sandstrom and Clark 2018, Psychological Science",
        "Quite sure: found in the laboratory, among housemates and in workshops, and repeated since.",
    ),
    Tip(
        "say-thanks",
        "Write the thank-you that feels too late",
        "Choose somebody who once helped you and tell them what became of it. Writers fret over finding "
        "the right words; readers mostly see the warmth. Late thanks come with news, which early thanks "
        "cannot.",
        "Kumar and Epley 2018, Psychological Science",
        "Quite sure about the direction; measured on letters people chose to write.",
    ),
    Tip(
        "use-your-voice",
        "For once, call",
        "With one person whom you would normally text, use your voice. People expect a call to be awkward"
        " and it is not more so than typing, while it leaves both feeling closer.",
        "Kumar and Epley 2021, Journal of Experimental Psychology: General",
        "Fairly sure: experiments with reconnecting friends and with strangers.",
    ),
    Tip(
        "ask-deeper",
        "One layer deeper",
        "Have one question ready that you would truly like answered, such as what they have changed their"
        " mind about. People hold back because they think others care less about their answers than they "
        "do. Most are glad.",
        "Kardas, Kumar and Epley 2022, Journal of Personality and Social Psychology",
        "Fairly sure: a dozen experiments, usually between strangers who had agreed to talk.",
    ),
    Tip(
        "dormant-ties",
        "An old tie is not a cold one",
        "Somebody you worked with years ago still knows how you think, and has since been where you have "
        "not. Ask an old colleague what they are working on. Trust keeps surprisingly well, and the news "
        "is fresh.",
        "Levin, Walter and Murnighan 2011, Organization Science",
        "Fairly sure: executives who asked dormant ties for advice; few studies beyond business schools.",
    ),
    Tip(
        "trusted-first",
        "Choose the old friend you trusted",
        "When we pick whom to wake up, we pick whoever feels comfortable. The more useful and happier "
        "reunions were with people one had trusted and shared a way of seeing with. Let that be the "
        "reason, even where it is a longer reach.",
        "Walter, Levin and Murnighan 2015, Organization Science",
        "Somewhat sure: two studies of executives; the reasons are what people reported.",
    ),
    Tip(
        "weak-ties",
        "Leave room for people you hardly know",
        "News travels along thin ties, because close friends know what you know. Greet one acquaintance "
        "properly this week. You need not turn them into anything.",
        "Granovetter 1973, American Journal of Sociology; Rajkumar and others 2022, Science",
        "Quite sure for jobs: a randomised test on twenty million people, in which moderately weak ties "
        "helped most.",
    ),
    Tip(
        "small-greetings",
        "Talk to the barista",
        "On days with more small exchanges people feel a little better and belong a little more. A "
        "sentence at the counter counts. It is also the gentlest practice there is for crowded rooms.",
        "Sandstrom and Dunn 2014, Personality and Social Psychology Bulletin, and Social Psychological and "
        "Personality Science",
        "Fairly sure: diaries of ordinary people and one experiment in a coffee shop.",
    ),
    Tip(
        "hours",
        "Friendship is made of hours",
        "Going from acquaintance to friend took people somewhere around fifty hours, and a close friend "
        "several times that. So do not ask whether it has clicked; ask what the next hour together could "
        "be.",
        "Hall 2019, Journal of Social and Personal Relationships",
        "The order of size is plausible; the exact hours come from two samples and from memory.",
    ),
    Tip(
        "one-good-talk",
        "One good conversation a day",
        "One conversation of some quality was enough to make a day feel better: catching up, joking, "
        "listening, saying something kind. You do not owe anybody more than one.",
        "Hall, Holmstrom, Pennington, Perrault and Totzkay 2023, Communication Research",
        "Fairly sure: experiments with students over days; more was better, but one already counted.",
    ),
    Tip(
        "take-turns",
        "Closeness by turns",
        "Telling a little and then asking, in turns and a bit deeper each time, brought strangers close "
        "within an hour. If you have asked three questions in a row, tell something of your own.",
        "Aron and others 1997, Personality and Social Psychology Bulletin",
        "Quite sure that turns help in the short run; it says nothing about what lasts.",
    ),
    Tip(
        "acting-out",
        "Introverts, keep the bill in view",
        "Acting outgoing for a week lifted most people, but those who are introverted by nature gained "
        "less and felt more tired and less themselves. Choose two outgoing hours rather than a whole "
        "evening, and plan a quiet one after.",
        "Jacques-Hamilton, Sun and Smillie 2019, Journal of Experimental Psychology: General",
        "Fairly sure: one careful randomised week; few replications so far.",
    ),
    Tip(
        "room-for-few",
        "You have room for so many",
        "The number of people we keep up with changes little over years; when one comes in, another "
        "drifts. That is not a failure of discipline. Choose a few on purpose, and let the rest be well.",
        "Miritello, Lara, Cebrian and Moro 2013, Scientific Reports; Saramäki and others 2014, PNAS",
        "Quite sure of the pattern, from millions of phone records; phones do not see the whole of a "
        "friendship.",
    ),
    Tip(
        "how-you-keep-up",
        "Find out how the two of you keep up",
        "Some friendships are kept by talking, others by doing things together; over a move, that made "
        "the difference to whether they lasted. With each friend, repeat whichever it was.",
        "Roberts and Dunbar 2015, Human Nature",
        "Somewhat sure: school leavers followed for eighteen months, thirty of them.",
    ),
    Tip(
        "bridges-decay",
        "Bridges need a walk now and then",
        "A tie to another world, one that none of your friends shares, is the first to fade: nine in ten "
        "were gone within a year among bankers. Choose one such person and give them a reason to hear "
        "from you this season.",
        "Burt 2002, Social Networks",
        "Quite sure within that bank; how fast it goes elsewhere is unknown.",
    ),
    Tip(
        "choose-one",
        "Choose one person before you go",
        "At a mixer, people who said they came to meet strangers spent the evening with those they knew. "
        "Look at the list beforehand and choose one person whom you are curious about. Meeting them is a "
        "whole success.",
        "Ingram and Morris 2007, Administrative Science Quarterly",
        "Fairly sure: one mixer with badges that measured who talked; the choosing is our advice.",
    ),
    Tip(
        "ask-for-help",
        "People say yes more often than you fear",
        "We think we must ask about twice as many people as we really must until somebody helps. Ask one "
        "person for one small thing they can do well, and make it easy to decline.",
        "Flynn and Lake 2008, Journal of Personality and Social Psychology",
        "Quite sure for small favours asked face to face; less so in writing.",
    ),
    Tip(
        "celebrate",
        "Make a small fuss of good news",
        "When a friend tells you something good, ask how it happened and let them tell it again. Being "
        "met with delight predicted how well a tie was doing as much as support in hard times did.",
        "Gable, Gonzaga and Strachman 2006, Journal of Personality and Social Psychology",
        "Fairly sure: couples in the main; friends were studied less.",
    ),
    Tip(
        "hold-lightly",
        "Hold outcomes lightly",
        "Whether one particular tie will last could hardly be foretold, even from years of mail; how "
        "people behave over all their ties could. So be good company in general, and let the single case "
        "surprise you.",
        "Godoy-Lorite, Guimerà and Sales-Pardo 2016, PLoS ONE",
        "Fairly sure about the limits of such forecasts; it looked at the mail of one organisation.",
    ),
    Tip(
        "six-weeks",
        "The first six weeks",
        "How a new tie begins says something about how it goes on: the pattern of the first weeks tended "
        "to stay. If you enjoyed somebody, arrange the second coffee before the first one has gone cold.",
        "Vergara Hidd and others 2023, Scientific Reports",
        "Somewhat sure: records of calls; it shows what goes together, not what causes what.",
    ),
)
