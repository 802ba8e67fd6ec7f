"""Ten ties worked by hand: days, the date of reading, and what must come out.

For all of them m_owner = log 21 = 3.0445, kappa = 4.5, pace = 0, r = exp(lg), and there is a spark.
    d = log((last - first) / (n - 1)) - s1 / (n - 1)
    even = log((n - 1 + 4.5) / ((n - 1) d / .57722 + 4.5)) / 2
    slow = min(max(lg, log 12), log 120) - log 12
    log a = -1.448 - .061 log(c10 + .02) + .125 log(c45 + .02) + .462 log(c200 + .02) + .338 lg + .82 slow
            - 1.68 even
    log b = .110 + 1.486 lg - .024 log n - 2.63 even
    log c = 1.20 even
    p(H | e) = 1 - ((1 + (e / b)^c) / (1 + ((e + H) / b)^c))^a
    need = gate (p(H | e) - p(H | e + s)), the second p with counters faded by s more days
"""

from typing import NamedTuple


class Worked(NamedTuple):
    """One tie, its days and the date of reading, then lg, a, b, c, p30, p90, standing and need."""

    name: str
    days: tuple[int, ...]
    today: int
    lg: float
    a: float
    b: float
    c: float
    p30: float
    p90: float
    standing: str
    need: float


TIES = [
    # s1 = 0.0000, lg = (0.0000 + 4.5 * 3.0445) / (0 + 4.5) = 3.0445, r = 21.00, e = 0
    # d = 0.0000, even = 0.0000, slow = 0.5596; counters 1.0000, 1.0000, 1.0000
    # a = 1.0516, b = 102.94, c = 1.0000; z = 2.000; gate = 0.0000, H = 42.00, s = 7.00
    Worked(
        name="met once, today",
        days=(0,),
        today=0,
        lg=3.044522,
        a=1.051639,
        b=102.94145,
        c=1.000000,
        p30=0.235822,
        p90=0.483493,
        standing="new spark",
        need=0.000000,
    ),
    # s1 = 0.0000, lg = (0.0000 + 4.5 * 3.0445) / (0 + 4.5) = 3.0445, r = 21.00, e = 30
    # d = 0.0000, even = 0.0000, slow = 0.5596; counters 0.0498, 0.5134, 0.8607
    # a = 1.0673, b = 102.94, c = 1.0000; z = -0.109; gate = 0.2143, H = 42.00, s = 7.00
    Worked(
        name="met once, a month ago",
        days=(0,),
        today=30,
        lg=3.044522,
        a=1.067255,
        b=102.94145,
        c=1.000000,
        p30=0.195205,
        p90=0.424071,
        standing="new spark",
        need=0.002405,
    ),
    # s1 = 0.0000, lg = (0.0000 + 4.5 * 3.0445) / (1 + 4.5) = 2.4910, r = 12.07, e = 0
    # d = 0.0000, even = 0.1003, slow = 0.0061; counters 1.9048, 1.9780, 1.9950
    # a = 0.6707, b = 34.16, c = 1.1280; z = 3.027; gate = 0.0000, H = 30.00, s = 7.00
    Worked(
        name="two days in a row",
        days=(0, 1),
        today=1,
        lg=2.490973,
        a=0.670738,
        b=34.16044,
        c=1.127951,
        p30=0.341368,
        p90=0.604207,
        standing="new spark",
        need=0.000000,
    ),
    # s1 = 5.8377, lg = (5.8377 + 4.5 * 3.0445) / (3 + 4.5) = 2.6051, r = 13.53, e = 7
    # d = 0.0000, even = 0.2554, slow = 0.1202; counters 0.9264, 2.7524, 3.6677
    # a = 0.8485, b = 26.47, c = 1.3587; z = 0.464; gate = 0.0000, H = 30.00, s = 7.00
    Worked(
        name="four weeks running, then one of silence",
        days=(0, 7, 14, 21),
        today=28,
        lg=2.605078,
        a=0.848482,
        b=26.47335,
        c=1.358655,
        p30=0.490296,
        p90=0.777366,
        standing="steady",
        need=0.000000,
    ),
    # s1 = 6.8024, lg = (6.8024 + 4.5 * 3.0445) / (2 + 4.5) = 3.1543, r = 23.44, e = 60
    # d = 0.0000, even = 0.1839, slow = 0.6694; counters 0.0026, 0.4684, 1.9273
    # a = 1.3602, b = 72.77, c = 1.2469; z = -0.490; gate = 0.7801, H = 46.87, s = 7.00
    Worked(
        name="monthly three times, two months silent",
        days=(0, 30, 60),
        today=120,
        lg=3.154269,
        a=1.360157,
        b=72.77106,
        c=1.246868,
        p30=0.292418,
        p90=0.593841,
        standing="drifting",
        need=0.015754,
    ),
    # s1 = 31.4987, lg = (31.4987 + 4.5 * 3.0445) / (7 + 4.5) = 3.9303, r = 50.92, e = 1
    # d = 0.0000, even = 0.4691, slow = 1.4454; counters 0.9049, 1.1311, 2.6708
    # a = 2.1324, b = 106.35, c = 1.7559; z = 0.661; gate = 0.0000, H = 101.85, s = 12.73
    Worked(
        name="every quarter eight times, the day after",
        days=(0, 90, 180, 270, 360, 450, 540, 630),
        today=631,
        lg=3.930349,
        a=2.132361,
        b=106.35346,
        c=1.755865,
        p30=0.206370,
        p90=0.700456,
        standing="steady",
        need=0.000000,
    ),
    # s1 = 15.5789, lg = (15.5789 + 4.5 * 3.0445) / (3 + 4.5) = 3.9039, r = 49.60, e = 360
    # d = 0.0000, even = 0.2554, slow = 1.4190; counters 0.0000, 0.0003, 0.2709
    # a = 0.8084, b = 182.40, c = 1.3587; z = -0.173; gate = 1.0000, H = 99.19, s = 12.40
    Worked(
        name="every half year four times, a year silent",
        days=(0, 180, 360, 540),
        today=900,
        lg=3.903896,
        a=0.808427,
        b=182.39652,
        c=1.358655,
        p30=0.061891,
        p90=0.166948,
        standing="dormant",
        need=0.007550,
    ),
    # s1 = 11.7998, lg = (11.7998 + 4.5 * 3.0445) / (2 + 4.5) = 3.9231, r = 50.56, e = 730
    # d = 0.0000, even = 0.1839, slow = 1.4382; counters 0.0000, 0.0000, 0.0309
    # a = 0.4156, b = 228.10, c = 1.2469; z = -0.081; gate = 1.0000, H = 101.11, s = 12.64
    Worked(
        name="every year three times, two years silent",
        days=(0, 365, 730),
        today=1460,
        lg=3.923099,
        a=0.415568,
        b=228.10381,
        c=1.246868,
        p30=0.016841,
        p90=0.048248,
        standing="dormant",
        need=0.001549,
    ),
    # s1 = 0.0000, lg = (0.0000 + 4.5 * 3.0445) / (9 + 4.5) = 1.0148, r = 2.76, e = 200
    # d = 0.0000, even = 0.5493, slow = 0.0000; counters 0.0000, 0.1065, 3.5973
    # a = 0.2337, b = 1.13, c = 1.9332; z = -1.187; gate = 1.0000, H = 30.00, s = 7.00
    Worked(
        name="ten days at one conference, silent since",
        days=(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
        today=209,
        lg=1.014841,
        a=0.233719,
        b=1.12537,
        c=1.933182,
        p30=0.061192,
        p90=0.154540,
        standing="dormant",
        need=0.003703,
    ),
    # s1 = 6.8024, lg = (6.8024 + 4.5 * 3.0445) / (2 + 4.5) = 3.1543, r = 23.44, e = 30
    # d = 0.0000, even = 0.1839, slow = 0.6694; counters 0.0524, 0.9123, 2.2392
    # a = 1.4712, b = 72.77, c = 1.2469; z = -0.246; gate = 0.1400, H = 46.87, s = 7.00
    Worked(
        name="before the year 1",
        days=(-400, -370, -340),
        today=-310,
        lg=3.154269,
        a=1.471185,
        b=72.77106,
        c=1.246868,
        p30=0.351077,
        p90=0.676307,
        standing="steady",
        need=0.001875,
    ),
]
