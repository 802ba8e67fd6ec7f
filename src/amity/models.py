"""Every room's rows in one place, so that there is one migrations folder. Only Django imports this."""

from amity.checkins.models import Checkin
from amity.clock.models import Job
from amity.gatherings.models import Attendance, Gathering
from amity.journal.models import Cursor, Deed, Import, Origin, Touch
from amity.moments.models import Gift, Moment, Participation, Promise
from amity.nudges.models import Nudge, Plan
from amity.owner.models import Owner, OwnIdentity, SignInLink
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
from amity.ties.models import Suggestion, Tie

__all__ = [
    "Affiliation",
    "Attendance",
    "Checkin",
    "Circle",
    "Cursor",
    "Deed",
    "Erased",
    "Fact",
    "Gathering",
    "Gift",
    "Hope",
    "Import",
    "Job",
    "Link",
    "Membership",
    "Moment",
    "Nudge",
    "Organisation",
    "Origin",
    "OtherName",
    "OwnIdentity",
    "Owner",
    "Participation",
    "Person",
    "PersonDate",
    "Photo",
    "Plan",
    "Promise",
    "Season",
    "SignInLink",
    "Spark",
    "Suggestion",
    "Tie",
    "Touch",
    "Way",
]
