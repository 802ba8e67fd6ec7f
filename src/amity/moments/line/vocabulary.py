"""The English words of the one-line grammar, as tables one can read. Add a word here, not a rule.

Every table goes from what is meant to the phrases that mean it, parted by commas; words in
brackets must follow but belong to what comes after.
"""

from __future__ import annotations

from amity.moments.line.clauses import Phrases, small

# Kinds of moments with their direction.
MET = ("met", "")
CALLED = ("call", "out")
WAS_CALLED = ("call", "in")
CALL = ("call", "")
VIDEO_CALL = ("video call", "")
WROTE = ("message", "out")
HEARD = ("message", "in")
MESSAGES = ("message", "")
MAILED = ("mail", "out")
WAS_MAILED = ("mail", "in")
MAILS = ("mail", "")
NOTE = ("note", "")

# What the owner did.
KINDS = Phrases(
    {
        MET: """
            met, met with, met up with, saw, ran into, bumped into, caught up with, hung out with,
            sat with, sat next to, visited, talked to, talked with, spoke to, spoke with, chatted with,
            chat with, talk with, meeting with, great meeting, good meeting, got to know,
            was introduced to, introduced to, catch-up with, catch up with
        """,
        CALLED: "called, phoned, rang, rang up, called up, call to, phone call to",
        WAS_CALLED: "call from, phone call from, got a call from",
        CALL: """
            call with, phone call with, phone call, spoke on the phone with, talked on the phone with,
            on the phone with
        """,
        VIDEO_CALL: """
            video call with, video call, videocall with, videocall, zoomed with, zoomed, zoom call with,
            facetimed, facetimed with, skyped with, skyped
        """,
        WROTE: """
            wrote, wrote to, messaged, texted, dm'd, pinged, replied to, answered, message to, text to,
            sent a message to, sent a text to, wrote a message to, wrote a card to, whatsapped
        """,
        HEARD: """
            heard from, heard back from, message from, text from, letter from, got a message from,
            got a text from, had a message from, got a card from
        """,
        MESSAGES: "messages with, messaging with, texting with",
        MAILED: """
            mailed, emailed, e-mailed, mail to, email to, e-mail to, wrote a mail to, wrote an email to,
            sent a mail to, sent an email to, sent an e-mail to
        """,
        WAS_MAILED: """
            mail from, email from, e-mail from, got a mail from, got an email from, got an e-mail from
        """,
        NOTE: "note, note to self, note about, note on, nb",
    }
)
# What somebody else did, after "she" or a name.
THEIR_KINDS = Phrases(
    {
        WAS_CALLED: "called, phoned, rang, called me, phoned me, rang me, called back",
        HEARD: """
            wrote, wrote to me, wrote me, wrote back, messaged, messaged me, texted, texted me, replied,
            answered, pinged me, reached out, sent a message, sent me a message, sent a text,
            sent me a text
        """,
        WAS_MAILED: """
            mailed, mailed me, emailed, emailed me, e-mailed, e-mailed me, sent an email,
            sent me an email, sent a mail, sent me a mail
        """,
    }
)
# "caught up with Ada by phone" -> the kind after all.
CHANNELS = Phrases(
    {
        CALL: "by phone, on the phone, over the phone",
        MAILS: "by mail, by email, by e-mail, via email, via mail",
        MESSAGES: "by text, by message, via text",
    }
)
SETTINGS = Phrases(
    {
        "coffee shop": """
            coffee shop, coffee house, coffeehouse, coffee bar, coffee, coffees, café, cafe, cappuccino,
            espresso, flat white, tea, tea room, bakery, starbucks
        """,
        "video call": """
            video call, zoom, zoom call, facetime, google meet, teams, teams call, skype, webex, jitsi,
            video
        """,
        "hotel bar": """
            hotel bar, hotel lobby, hotel lounge, lobby bar, bar, pub, drinks, drink, beer, beers, wine,
            cocktails
        """,
        "dinner party": """
            dinner party, dinner, dinner table, supper, supper club, barbecue, bbq, potluck, house party
        """,
        "festival or sporting event": """
            festival, concert, gig, match, football match, game, marathon, race, regatta, tournament,
            stadium, sporting event, parade, carnival
        """,
        "conference breakout": """
            conference breakout, breakout, breakout session, breakout room, conference, unconference,
            workshop, session, poster session, panel, sprint, hackathon, hallway, hallway track, summit,
            congress
        """,
        "crowded room": """
            crowded room, reception, mixer, networking event, networking mixer, networking, trade fair,
            trade show, expo, fair, meetup, meet-up, gala, party, launch party, cocktail party, awards
        """,
        "office": """
            office, offices, work, meeting room, headquarters, hq, coworking space, co-working space,
            coworking
        """,
        "online": """
            online, linkedin, slack, discord, mastodon, whatsapp, signal, telegram, webinar, chat, forum
        """,
        "other": """
            lunch, breakfast, brunch, walk, hike, restaurant, park, train, train station, plane, airport,
            gym, school gate, school, church, museum, library, wedding, funeral
        """,
    }
)
# At these a gathering may carry a name; elsewhere a name is the name of a place.
GATHERING_SETTINGS = frozenset(
    {"dinner party", "festival or sporting event", "conference breakout", "crowded room"}
)
FEELINGS = Phrases(
    {
        "gave energy": """
            energised, energized, energising, energizing, energetic, inspired, inspiring, uplifted,
            uplifting, buzzing, happy, glad, delighted, fun, great fun, good fun, joyful, good energy,
            great energy, full of energy, recharged, refreshed, excited, great, wonderful, loved it
        """,
        "neutral": """
            neutral, ok, okay, fine, so-so, so so, meh, alright, all right, nothing special, average
        """,
        "took energy": """
            drained, draining, tired, tiring, exhausted, exhausting, worn out, wiped out, low energy,
            knackered, awkward, stressed, stressful, overwhelmed, overwhelming, anxious
        """,
    }
)
# What somebody or something did to the owner's energy: these may follow "she" or a name.
FEELING_DEEDS = Phrases(
    {
        "gave energy": """
            gave energy, gave me energy, gives me energy, lifted me up, made my day, made me happy,
            left me buzzing, left me energised, left me energized, left me inspired, left me happy
        """,
        "took energy": """
            took energy, took my energy, cost energy, cost me energy, wore me out, tired me out,
            left me drained, left me tired, left me exhausted
        """,
    }
)
PROMISES = Phrases(
    {
        True: """
            promised, promise, i will, we will, i'll, we'll, owe, i owe, said i'd, said i would,
            said i will
        """,
    }
)
# "I will never forget", "promised me": not a promise of the owner's.
NOT_PROMISED = small("never always be miss have not probably maybe remember me us myself it")
HOPES = Phrases(
    {
        True: """
            hopes to, hopes for, hopes that, hoping to, they hope to, wants to, wanting to, is trying to,
            are trying to, trying to, would love to, would like to, dreams of, dreaming of, plans to,
            planning to, is planning to, aims to, is hoping to, wishes to, looking to, is looking to
        """,
    }
)
SPARKS = Phrases(
    {
        "like": """
            like (her), like (his), like (him), like (their), like (them), like (how), like (the way),
            i like, liked, enjoyed (her), enjoyed (his), enjoyed (their), enjoyed talking, clicked,
            hit it off, good company, great company
        """,
        "admire": "admire, admired, admiring, impressed by, impressed with, in awe of, look up to",
        "curious": """
            curious about, curious (how), curious (what), curious (why), curious (whether), curious (to),
            curious, intrigued by, fascinated by, want to know more about, want to hear more about,
            wonder (how), wonder (what)
        """,
        "rooting": """
            rooting for, root for, cheering for, cheering on, fingers crossed for, want (her to succeed),
            want (him to succeed), want (them to succeed)
        """,
    }
)
# How a gift is told -> "give" | "get" | "thank", or the kind of gift the word itself names.
GIFT_DEEDS = Phrases(
    {
        "give": "gave, gives, offered, shared, sent, made, passed on, lent, said",
        "get": "got, received",
        "thank": "thanked, thank, thanks, thank you, grateful, thankful",
        "introduction": "introduced, connected, put in touch",
        "help": "helped, helped out, mentored, coached, advised",
        "kind word": "complimented, praised, encouraged, cheered up",
    }
)
GIFT_THINGS = Phrases(
    {
        "kind word": """
            kind word, kind words, word of encouragement, compliment, praise, encouragement,
            something kind, warm words, thank you
        """,
        "idea": """
            idea, ideas, tip, tips, suggestion, hint, advice, book recommendation, recommendation
        """,
        "introduction": "introduction, introductions, intro, intros, introducing",
        "time": "time, hour, afternoon, evening, whole evening",
        "help": "help, hand, support, feedback, helping",
    }
)

# Small words that may open a clause without changing who speaks.
MINE = small(
    """
    i i'm i've i'd am have had was we we've and but then also so really very quite just still again
    finally truly felt rather totally pretty bit little a do did
    """
)
FELT_BEFORE = (
    small(
        """
    it that this is were feel feeling feels came come went left away home out me all made
    """
    )
    | MINE
)
FELT_TAILS = small("afterwards after though today tonight again now me by it")
THEIRS = frozenset({"she", "he", "they", "who", "she's", "he's", "they're"})
ALSO = frozenset({"and", "but", "then", "also"})
NOT_HOPED = frozenset({"i", "i'm", "i'd", "we", "we're", "we'd", "am", "not"})
TO_ME = frozenset({"me", "us"})
TO_THEM = frozenset({"her", "him", "them"})
GIFT_FILLERS = small(
    """
    a an the for my her his their your some many lots of great good lovely useful helpful wonderful
    very really so much with another two three warm nice all this that
    """
)
PROMISE_FILLERS = frozenset({"to", "that", "her", "him", "them"})
KIND_FILLERS = MINE | small("quick long short nice lovely good great brief my first second")
PLACE_LEADS = Phrases(
    {
        True: """
            at, @, in, on, over, for, during, via, by, after, got, went for, went to, met for, had,
            grabbed, shared
        """,
    }
)
GATHERING_LEADS = frozenset({"at", "@", "during"})
ARTICLES = small("a an the my our her his their some quick long short nice local first this")
PEOPLE_LEADS = frozenset({"with", "w/"})
GIFT_PEOPLE_LEADS = frozenset({"to", "from", "with"})
PEOPLE_JOINS = frozenset({"and", "&", "/", "+", "plus", ",", "\u3001", "\uff0c"})
PEOPLE_FILLERS = small(
    """
    my our her his the old dear friend friends colleague colleagues boss neighbour neighbor both
    again up together
    """
)
# "for Ben", "her Ben": spoken of, not there.
SPOKEN_OF_AFTER = small("for of her his their my our like than")
# From here on a clause tells of something else than where and with whom. After a topic its last words
# may still be the day ("talked to Ada about looms yesterday"), after a turn not ("who starts on Monday").
TOPICS = small("about regarding re talking discussing")
TURNS = small(
    """
    who whose whom which that because since but so while where when works working talked discussed
    said told asked asking learned mentioned has is was
    """
)
# What may follow a setting that opens a clause: "coffee with Ada", but not "work was hard".
AFTER_SETTING = small("with w/ at in on by near and & @ over after about")
