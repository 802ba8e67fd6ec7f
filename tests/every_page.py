"""Every page there is, for a browser to look at in the sample world, and what has to lie there for it."""

from __future__ import annotations

# {name} is what SCRIPT plants or finds; a page whose look depends on its query stands here more than once.
PAGES = [
    *("/", "/people", "/people?q=zzz", "/people/{person}", "/people/{person}/edit", "/people/{person}/brief"),
    *("/people/{person}/kept", "/people/deck", "/people/perhaps", "/people/constellation"),
    *("/people/constellation?place=everybody", "/search", "/search?q=dinner", "/nowhere"),
    "/capture?line=Met+Ada+Byron,+curious+about+looms",
    *("/import", "/import/{import}", "/import/{import}/look"),
    *("/meet", "/meet/settings", "/check-ins", "/gatherings/new", "/gatherings/{gathering}"),
    *("/gatherings/{gathering}/brief", "/gatherings/{gathering}/debrief", "/gatherings/{gathering}/after"),
    *("/hopes/{hope}/cheer", "/gifts/{gift}/thanks"),
    *(
        "/meet/together",
        "/meet/together/write?a={person}&b={other}",
        "/meet/together/{introduction}",
        "/meet/table",
        "/meet/table/{table}",
    ),
    *("/you", "/you/knows", "/you/book", "/you/restore", "/you/delete", "/you/reach", "/you/phone", "/phone"),
    *("/cards", "/cards/new", "/cards/{card}", "/cards/show", "/cards/{card}/show", "/cards/{card}/print"),
    "/waiting",
    *("/letter", "/letter/of/{sunday}", "/letter/desk", "/letter/desk/{draft}", "/letter/readers"),
    *("/welcome", "/welcome/people", "/welcome/sources"),
]
# The sample world has no ways in; these are looked at in the owner's own book.
WAYS_IN = ["/you/signing-in", "/you/signing-in/app", "/you/signing-in/passkeys/add"]
STRANGERS = [
    *("/@{handle}", "/left/{left}", "/left/{back}/back", "/introduced/{asked}"),
    *("/introduced", "/introduced/forged", "/letters/small-tables", "/letters/small-tables/{edition}"),
    *("/letters/confirm/{confirm}", "/letters/leave/{leave}", "/letters/preferences/{preferences}"),
    *("/sign-in", "/sign-in/forged"),
]
# What answers to GET without being a page: its route, and why no browser looks at it here.
FILE, PART, DATA = "a file", "a part of a page", "for a script of ours"
WAY_IN = "comes only to who has such a way in; tests/browser/test_signing_in.py makes one"
NO_PAGES = {
    "cards/<str:uid>/folder": FILE,
    "cards/photo": FILE,
    "facts/<str:uid>/show": PART,
    "import/<str:uid>/progress": "goes on by itself",
    "letter/desk/<str:uid>/preview": "a mail, in a frame that may do nothing",
    "people/<str:uid>/kept/<str:form>": FILE,
    "people/<str:uid>/photo": FILE,
    "people/search": PART,
    "phone/book": DATA,
    "phone/token": DATA,
    "sign-in/passkey": DATA,
    "sign-in/second": WAY_IN,
    "you/export": FILE,
    "you/export/<str:form>": FILE,
    "you/signing-in/app/remove": WAY_IN,
    "you/signing-in/codes": WAY_IN,
    "you/signing-in/confirm": WAY_IN,
    "you/signing-in/confirm/code": WAY_IN,
    "you/signing-in/confirm/passkey": WAY_IN,
    "you/signing-in/passkeys/<str:uid>/remove": WAY_IN,
}

SCRIPT = """
import datetime, json, django
django.setup()
from django.utils import timezone
from amity.card import actions as cards, queries as card_queries, tokens, visiting
from amity.introductions import hosting, letters
from amity.introductions import actions as introductions
from amity.introductions.models import Introduction
from amity.introductions.queries import digest, suggested
from amity.letter import actions, consent, sundays
from amity.letter.models import PrivateLetter, Subscriber
from amity.letter.setting_up import head_of, set_up
from amity.models import Gathering, Gift, Hope
from amity.owner.actions import local_owner, new_link
from amity.owner.models import Owner
from amity.owner.queries import SAMPLE_EMAIL
from amity.people.queries import reachable
from amity.post.address import digest_of, token
me = Owner.objects.get(email=SAMPLE_EMAIL)
now, today = timezone.now(), me.today()
head = set_up(head_of(me), title="Small tables", about="Dinners", slug="small-tables", is_open=True)
ada = digest_of(me, "ada@readers.example")
Subscriber.objects.create(owner=me, address="ada@readers.example", digest=ada, state="reading")
consent.ask(head, "new@readers.example", now=now)
edition = actions.draft(me, "Why six is enough", "An *empty* chair")
actions.send(edition, now=now)
card = cards.add(me, cards.CardSaid("Fair", "Maya Lind", handle="maya", about="Weaving"))
left = visiting.Left("Ada Byron", "ada@looms.example", "Hello", consent="Keep this")
visitor = visiting.leave(card_queries.reach("maya"), left)
pair = suggested(me, today)[0]
asked = introductions.begin(pair.a, pair.b, to_a="He weaves", to_b="She weaves", day=today)
introductions.ask(asked, now=now)
closes = now + datetime.timedelta(days=9)
Introduction.objects.filter(pk=asked.pk).update(by_mail=True, closes_at=closes, digest_a=digest("secret"))
tomorrow = today + datetime.timedelta(days=20)
table = hosting.set_table(me, list(reachable(me, today)[:4]), day=tomorrow)
# On a Sunday the running house may have written it already.
sunday = sundays.write(me, today, by_mail=False) or PrivateLetter.objects.of(me).get(day=today)
person = reachable(me, today).filter(kept_on__isnull=False).first()
gathering = Gathering.objects.of(me).filter(day__lt=today, attendances__person__isnull=False).latest("day")
print(json.dumps({
    "person": person.uid, "other": reachable(me, today).exclude(pk=person.pk).last().uid,
    "gathering": gathering.uid,
    "hope": Hope.objects.of(me).filter(state="happened").first().uid,
    "gift": Gift.objects.of(me).filter(received=True).first().uid,
    "introduction": asked.uid, "asked": "secret", "table": table.uid,
    "card": card.uid, "handle": "maya",
    "left": tokens.visitor_token(visitor, tokens.LEFT),
    "back": tokens.visitor_token(visitor, tokens.WITHDRAW),
    "sunday": sunday.day.isoformat(), "draft": actions.draft(me, "The sixth chair", "Hello").uid,
    "edition": edition.uid, "own": new_link(local_owner()),
    "confirm": consent.confirm_url(me, digest_of(me, "new@readers.example"), now).rpartition("/")[2],
    "leave": token(me, "leave", ada), "preferences": token(me, "preferences", ada),
}))
"""
