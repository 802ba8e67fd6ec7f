"""Tips that rest on a named study, each with its source and how sure one can be."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from amity.letter.tips import Tip

STUDIES = (
    Tip(
        "just-reach-out",
        gettext_noop("Your note is more welcome than you think"),
        gettext_noop(
            "Think of one person who crossed your mind this week and tell them so, in two lines, wanting "
            "nothing. People who reached out guessed again and again that it would matter less than it did. "
            "The surprise is a large part of the gift, so it need not be an occasion."
        ),
        gettext_noop("Liu, Rim, Min and Min 2023, Journal of Personality and Social Psychology"),
        gettext_noop(
            "Fairly sure: thirteen experiments, mostly in one country, with short notes and small gifts."
        ),
    ),
    Tip(
        "warm-up",
        gettext_noop("Warm up with an easy one"),
        gettext_noop(
            "If writing to an old friend feels stiff, first send two messages to people you talk with anyway."
            " Then write the harder one straight after. Warming up moved more people to press send than "
            "encouragement did."
        ),
        gettext_noop("Aknin and Sandstrom 2024, Communications Psychology"),
        gettext_noop("Fairly sure that it helps a little; even then about half did not write."),
    ),
    Tip(
        "liking-gap",
        gettext_noop("They liked you more than you noticed"),
        gettext_noop(
            "After a first conversation most people underrate how much they were liked. When you replay an "
            "evening in your head and wince, take that as the known error of the instrument, and send the "
            "follow-up you were going to drop."
        ),
        gettext_noop("Boothby, Cooney, Sandstrom and Clark 2018, Psychological Science"),
        gettext_noop(
            "Quite sure: found in the laboratory, among housemates and in workshops, and repeated since."
        ),
    ),
    Tip(
        "say-thanks",
        gettext_noop("Write the thank-you that feels too late"),
        gettext_noop(
            "Choose somebody who once helped you and tell them what became of it. Writers fret over finding "
            "the right words; readers mostly see the warmth. Late thanks come with news, which early thanks "
            "cannot."
        ),
        gettext_noop("Kumar and Epley 2018, Psychological Science"),
        gettext_noop("Quite sure about the direction; measured on letters people chose to write."),
    ),
    Tip(
        "use-your-voice",
        gettext_noop("For once, call"),
        gettext_noop(
            "With one person whom you would normally text, use your voice. People expect a call to be awkward"
            " and it is not more so than typing, while it leaves both feeling closer."
        ),
        gettext_noop("Kumar and Epley 2021, Journal of Experimental Psychology: General"),
        gettext_noop("Fairly sure: experiments with reconnecting friends and with strangers."),
    ),
    Tip(
        "ask-deeper",
        gettext_noop("One layer deeper"),
        gettext_noop(
            "Have one question ready that you would truly like answered, such as what they have changed their"
            " mind about. People hold back because they think others care less about their answers than they "
            "do. Most are glad."
        ),
        gettext_noop("Kardas, Kumar and Epley 2022, Journal of Personality and Social Psychology"),
        gettext_noop("Fairly sure: a dozen experiments, usually between strangers who had agreed to talk."),
    ),
    Tip(
        "dormant-ties",
        gettext_noop("An old tie is not a cold one"),
        gettext_noop(
            "Somebody you worked with years ago still knows how you think, and has since been where you have "
            "not. Ask an old colleague what they are working on. Trust keeps surprisingly well, and the news "
            "is fresh."
        ),
        gettext_noop("Levin, Walter and Murnighan 2011, Organization Science"),
        gettext_noop(
            "Fairly sure: executives who asked dormant ties for advice; few studies beyond business schools."
        ),
    ),
    Tip(
        "trusted-first",
        gettext_noop("Choose the old friend you trusted"),
        gettext_noop(
            "When we pick whom to wake up, we pick whoever feels comfortable. The more useful and happier "
            "reunions were with people one had trusted and shared a way of seeing with. Let that be the "
            "reason, even where it is a longer reach."
        ),
        gettext_noop("Walter, Levin and Murnighan 2015, Organization Science"),
        gettext_noop("Somewhat sure: two studies of executives; the reasons are what people reported."),
    ),
    Tip(
        "weak-ties",
        gettext_noop("Leave room for people you hardly know"),
        gettext_noop(
            "News travels along thin ties, because close friends know what you know. Greet one acquaintance "
            "properly this week. You need not turn them into anything."
        ),
        gettext_noop("Granovetter 1973, American Journal of Sociology; Rajkumar and others 2022, Science"),
        gettext_noop(
            "Quite sure for jobs: a randomised test on twenty million people, in which moderately weak ties "
            "helped most."
        ),
    ),
    Tip(
        "small-greetings",
        gettext_noop("Talk to the barista"),
        gettext_noop(
            "On days with more small exchanges people feel a little better and belong a little more. A "
            "sentence at the counter counts. It is also the gentlest practice there is for crowded rooms."
        ),
        gettext_noop(
            "Sandstrom and Dunn 2014, Personality and Social Psychology Bulletin, "
            "and Social Psychological and Personality Science"
        ),
        gettext_noop("Fairly sure: diaries of ordinary people and one experiment in a coffee shop."),
    ),
    Tip(
        "hours",
        gettext_noop("Friendship is made of hours"),
        gettext_noop(
            "Going from acquaintance to friend took people somewhere around fifty hours, and a close friend "
            "several times that. So do not ask whether it has clicked; ask what the next hour together could "
            "be."
        ),
        gettext_noop("Hall 2019, Journal of Social and Personal Relationships"),
        gettext_noop(
            "The order of size is plausible; the exact hours come from two samples and from memory."
        ),
    ),
    Tip(
        "one-good-talk",
        gettext_noop("One good conversation a day"),
        gettext_noop(
            "One conversation of some quality was enough to make a day feel better: catching up, joking, "
            "listening, saying something kind. You do not owe anybody more than one."
        ),
        gettext_noop("Hall, Holmstrom, Pennington, Perrault and Totzkay 2023, Communication Research"),
        gettext_noop(
            "Fairly sure: experiments with students over days; more was better, but one already counted."
        ),
    ),
    Tip(
        "take-turns",
        gettext_noop("Closeness by turns"),
        gettext_noop(
            "Telling a little and then asking, in turns and a bit deeper each time, brought strangers close "
            "within an hour. If you have asked three questions in a row, tell something of your own."
        ),
        gettext_noop("Aron and others 1997, Personality and Social Psychology Bulletin"),
        gettext_noop("Quite sure that turns help in the short run; it says nothing about what lasts."),
    ),
    Tip(
        "acting-out",
        gettext_noop("Introverts, keep the bill in view"),
        gettext_noop(
            "Acting outgoing for a week lifted most people, but those who are introverted by nature gained "
            "less and felt more tired and less themselves. Choose two outgoing hours rather than a whole "
            "evening, and plan a quiet one after."
        ),
        gettext_noop("Jacques-Hamilton, Sun and Smillie 2019, Journal of Experimental Psychology: General"),
        gettext_noop("Fairly sure: one careful randomised week; few replications so far."),
    ),
    Tip(
        "room-for-few",
        gettext_noop("You have room for so many"),
        gettext_noop(
            "The number of people we keep up with changes little over years; when one comes in, another "
            "drifts. That is not a failure of discipline. Choose a few on purpose, and let the rest be well."
        ),
        gettext_noop(
            "Miritello, Lara, Cebrian and Moro 2013, Scientific Reports; Saramäki and others 2014, PNAS"
        ),
        gettext_noop(
            "Quite sure of the pattern, from millions of phone records; phones do not see the whole of a "
            "friendship."
        ),
    ),
    Tip(
        "how-you-keep-up",
        gettext_noop("Find out how the two of you keep up"),
        gettext_noop(
            "Some friendships are kept by talking, others by doing things together; over a move, that made "
            "the difference to whether they lasted. With each friend, repeat whichever it was."
        ),
        gettext_noop("Roberts and Dunbar 2015, Human Nature"),
        gettext_noop("Somewhat sure: school leavers followed for eighteen months, thirty of them."),
    ),
    Tip(
        "bridges-decay",
        gettext_noop("Bridges need a walk now and then"),
        gettext_noop(
            "A tie to another world, one that none of your friends shares, is the first to fade: nine in ten "
            "were gone within a year among bankers. Choose one such person and give them a reason to hear "
            "from you this season."
        ),
        gettext_noop("Burt 2002, Social Networks"),
        gettext_noop("Quite sure within that bank; how fast it goes elsewhere is unknown."),
    ),
    Tip(
        "choose-one",
        gettext_noop("Choose one person before you go"),
        gettext_noop(
            "At a mixer, people who said they came to meet strangers spent the evening with those they knew. "
            "Look at the list beforehand and choose one person whom you are curious about. Meeting them is a "
            "whole success."
        ),
        gettext_noop("Ingram and Morris 2007, Administrative Science Quarterly"),
        gettext_noop(
            "Fairly sure: one mixer with badges that measured who talked; the choosing is our advice."
        ),
    ),
    Tip(
        "ask-for-help",
        gettext_noop("People say yes more often than you fear"),
        gettext_noop(
            "We think we must ask about twice as many people as we really must until somebody helps. Ask one "
            "person for one small thing they can do well, and make it easy to decline."
        ),
        gettext_noop("Flynn and Lake 2008, Journal of Personality and Social Psychology"),
        gettext_noop("Quite sure for small favours asked face to face; less so in writing."),
    ),
    Tip(
        "celebrate",
        gettext_noop("Make a small fuss of good news"),
        gettext_noop(
            "When a friend tells you something good, ask how it happened and let them tell it again. Being "
            "met with delight predicted how well a tie was doing as much as support in hard times did."
        ),
        gettext_noop("Gable, Gonzaga and Strachman 2006, Journal of Personality and Social Psychology"),
        gettext_noop("Fairly sure: couples in the main; friends were studied less."),
    ),
    Tip(
        "hold-lightly",
        gettext_noop("Hold outcomes lightly"),
        gettext_noop(
            "Whether one particular tie will last could hardly be foretold, even from years of mail; how "
            "people behave over all their ties could. So be good company in general, and let the single case "
            "surprise you."
        ),
        gettext_noop("Godoy-Lorite, Guimerà and Sales-Pardo 2016, PLoS ONE"),
        gettext_noop(
            "Fairly sure about the limits of such forecasts; it looked at the mail of one organisation."
        ),
    ),
    Tip(
        "six-weeks",
        gettext_noop("The first six weeks"),
        gettext_noop(
            "How a new tie begins says something about how it goes on: the pattern of the first weeks tended "
            "to stay. If you enjoyed somebody, arrange the second coffee before the first one has gone cold."
        ),
        gettext_noop("Vergara Hidd and others 2023, Scientific Reports"),
        gettext_noop("Somewhat sure: records of calls; it shows what goes together, not what causes what."),
    ),
)
