"""Every room's rows in one place, so that there is one migrations folder. Only Django imports this."""

from amity.card.models import Card, CardField, CardLink, Knock, OwnPhoto, Visitor
from amity.checkins.models import Checkin, NotNow
from amity.clock.models import Job
from amity.duplicates.models import Merge, Perhaps
from amity.gatherings.models import Attendance, Gathering
from amity.introductions.models import Apart, Introduction
from amity.journal.models import Cursor, Deed, Import, Origin, Sent, Touch
from amity.letter.models import (
    Consent,
    Edition,
    Evening,
    Letterhead,
    Morning,
    Picture,
    Postscript,
    PrivateLetter,
    Subscriber,
)
from amity.meet.models import Brief
from amity.moments.models import Gift, Moment, OwnSetting, Participation, Promise
from amity.nudges.models import Feed, Nudge, Plan
from amity.owner.models import Device, Owner, OwnIdentity, SignInLink
from amity.people.models import (
    Affiliation,
    Circle,
    Erased,
    Fact,
    Hope,
    Link,
    Membership,
    Organisation,
    OtherName,
    Person,
    PersonDate,
    Photo,
    Season,
    Spark,
    Way,
)
from amity.post.models import Delivery, Mailing, Outbox, Suppressed
from amity.search.models import Entry, Reading, Spelling
from amity.sources.models import Mapping
from amity.ties.models import Pace, Suggestion, Tie

__all__ = [
    "Affiliation",
    "Apart",
    "Attendance",
    "Brief",
    "Card",
    "CardField",
    "CardLink",
    "Checkin",
    "Circle",
    "Consent",
    "Cursor",
    "Deed",
    "Delivery",
    "Device",
    "Edition",
    "Entry",
    "Erased",
    "Evening",
    "Fact",
    "Feed",
    "Gathering",
    "Gift",
    "Hope",
    "Import",
    "Introduction",
    "Job",
    "Knock",
    "Letterhead",
    "Link",
    "Mailing",
    "Mapping",
    "Membership",
    "Merge",
    "Moment",
    "Morning",
    "NotNow",
    "Nudge",
    "Organisation",
    "Origin",
    "OtherName",
    "Outbox",
    "OwnIdentity",
    "OwnPhoto",
    "OwnSetting",
    "Owner",
    "Pace",
    "Participation",
    "Perhaps",
    "Person",
    "PersonDate",
    "Photo",
    "Picture",
    "Plan",
    "Postscript",
    "PrivateLetter",
    "Promise",
    "Reading",
    "Season",
    "Sent",
    "SignInLink",
    "Spark",
    "Spelling",
    "Subscriber",
    "Suggestion",
    "Suppressed",
    "Tie",
    "Touch",
    "Visitor",
    "Way",
]
