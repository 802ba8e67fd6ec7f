"""Ten ties worked by hand: days, the date of reading, and what must come out.

For all of them m_owner = log 21 = 3.0445, kappa = 4.5, pace = 0, r = exp(lg), and there is a spark.
    even = log((n - 1 + 4.5) / (D / .57722 + 4.5)) / 2 with D = (n - 1) log((last - first) / (n - 1)) - s1
    slow = min(max(lg, log 12), log 120) - log 12
    log a = -1.448 - .061 log(c10 + .02) + .125 log(c45 + .02) + .462 log(c200 + .02) + .338 lg + .91 slow
    log c = .34 even
    log b = lg + (.110 + .486 lg - .024 log n) / c
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
    # D = 0.0000, even = 0.0000, slow = 0.5596; counters 1.0000, 1.0000, 1.0000
    # a = 1.1060, b = 102.94, c = 1.0000; z = 2.000; gate = 0.0000, H = 42.00, s = 7.00
    Worked(
        name="met once, today",
        days=(0,),
        today=0,
        lg=3.044522,
        a=1.105962,
        b=102.94145,
        c=1.000000,
        p30=0.246366,
        p90=0.500823,
        standing="new spark",
        need=0.000000,
    ),
    # s1 = 0.0000, lg = (0.0000 + 4.5 * 3.0445) / (0 + 4.5) = 3.0445, r = 21.00, e = 30
    # D = 0.0000, even = 0.0000, slow = 0.5596; counters 0.0498, 0.5134, 0.8607
    # a = 1.1224, b = 102.94, c = 1.0000; z = -0.109; gate = 0.2143, H = 42.00, s = 7.00
    Worked(
        name="met once, a month ago",
        days=(0,),
        today=30,
        lg=3.044522,
        a=1.122385,
        b=102.94145,
        c=1.000000,
        p30=0.204182,
        p90=0.440255,
        standing="new spark",
        need=0.002493,
    ),
    # s1 = 0.0000, lg = (0.0000 + 4.5 * 3.0445) / (1 + 4.5) = 2.4910, r = 12.07, e = 0
    # D = 0.0000, even = 0.1003, slow = 0.0061; counters 1.9048, 1.9780, 1.9950
    # a = 0.7943, b = 42.57, c = 1.0347; z = 3.027; gate = 0.0000, H = 30.00, s = 7.00
    Worked(
        name="two days in a row",
        days=(0, 1),
        today=1,
        lg=2.490973,
        a=0.794321,
        b=42.57284,
        c=1.034703,
        p30=0.342754,
        p90=0.600023,
        standing="new spark",
        need=0.000000,
    ),
    # s1 = 5.8377, lg = (5.8377 + 4.5 * 3.0445) / (3 + 4.5) = 2.6051, r = 13.53, e = 7
    # D = 0.0000, even = 0.2554, slow = 0.1202; counters 0.9264, 2.7524, 3.6677
    # a = 1.3173, b = 46.35, c = 1.0907; z = 0.464; gate = 0.0000, H = 30.00, s = 7.00
    Worked(
        name="four weeks running, then one of silence",
        days=(0, 7, 14, 21),
        today=28,
        lg=2.605078,
        a=1.317325,
        b=46.34832,
        c=1.090723,
        p30=0.453059,
        p90=0.750920,
        standing="steady",
        need=0.000000,
    ),
    # s1 = 6.8024, lg = (6.8024 + 4.5 * 3.0445) / (2 + 4.5) = 3.1543, r = 23.44, e = 60
    # D = 0.0000, even = 0.1839, slow = 0.6694; counters 0.0026, 0.4684, 1.9273
    # a = 1.9674, b = 107.01, c = 1.0645; z = -0.490; gate = 0.7801, H = 46.87, s = 7.00
    Worked(
        name="monthly three times, two months silent",
        days=(0, 30, 60),
        today=120,
        lg=3.154269,
        a=1.967436,
        b=107.00879,
        c=1.064509,
        p30=0.289001,
        p90=0.593140,
        standing="drifting",
        need=0.015084,
    ),
    # s1 = 31.4987, lg = (31.4987 + 4.5 * 3.0445) / (7 + 4.5) = 3.9303, r = 50.92, e = 1
    # D = 0.0000, even = 0.4691, slow = 1.4454; counters 0.9049, 1.1311, 2.6708
    # a = 5.3413, b = 273.17, c = 1.1729; z = 0.661; gate = 0.0000, H = 101.85, s = 12.73
    Worked(
        name="every quarter eight times, the day after",
        days=(0, 90, 180, 270, 360, 450, 540, 630),
        today=631,
        lg=3.930349,
        a=5.341286,
        b=273.17425,
        c=1.172931,
        p30=0.325124,
        p90=0.725315,
        standing="steady",
        need=0.000000,
    ),
    # s1 = 15.5789, lg = (15.5789 + 4.5 * 3.0445) / (3 + 4.5) = 3.9039, r = 49.60, e = 360
    # D = 0.0000, even = 0.2554, slow = 1.4190; counters 0.0000, 0.0003, 0.2709
    # a = 1.4108, b = 303.00, c = 1.0907; z = -0.173; gate = 1.0000, H = 99.19, s = 12.40
    Worked(
        name="every half year four times, a year silent",
        days=(0, 180, 360, 540),
        today=900,
        lg=3.903896,
        a=1.410774,
        b=302.99803,
        c=1.090723,
        p30=0.066378,
        p90=0.179652,
        standing="dormant",
        need=0.007467,
    ),
    # s1 = 11.7998, lg = (11.7998 + 4.5 * 3.0445) / (2 + 4.5) = 3.9231, r = 50.56, e = 730
    # D = 0.0000, even = 0.1839, slow = 1.4382; counters 0.0000, 0.0000, 0.0309
    # a = 0.6442, b = 327.91, c = 1.0645; z = -0.081; gate = 1.0000, H = 101.11, s = 12.64
    Worked(
        name="every year three times, two years silent",
        days=(0, 365, 730),
        today=1460,
        lg=3.923099,
        a=0.644176,
        b=327.91371,
        c=1.064509,
        p30=0.019294,
        p90=0.055311,
        standing="dormant",
        need=0.001693,
    ),
    # s1 = 0.0000, lg = (0.0000 + 4.5 * 3.0445) / (9 + 4.5) = 1.0148, r = 2.76, e = 200
    # D = 0.0000, even = 0.5493, slow = 0.0000; counters 0.0000, 0.1065, 3.5973
    # a = 0.5881, b = 4.35, c = 1.2053; z = -1.187; gate = 1.0000, H = 30.00, s = 7.00
    Worked(
        name="ten days at one conference, silent since",
        days=(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
        today=209,
        lg=1.014841,
        a=0.588132,
        b=4.34681,
        c=1.205343,
        p30=0.093517,
        p90=0.229963,
        standing="dormant",
        need=0.005537,
    ),
    # s1 = 6.8024, lg = (6.8024 + 4.5 * 3.0445) / (2 + 4.5) = 3.1543, r = 23.44, e = 30
    # D = 0.0000, even = 0.1839, slow = 0.6694; counters 0.0524, 0.9123, 2.2392
    # a = 2.1280, b = 107.01, c = 1.0645; z = -0.246; gate = 0.1400, H = 46.87, s = 7.00
    Worked(
        name="before the year 1",
        days=(-400, -370, -340),
        today=-310,
        lg=3.154269,
        a=2.128036,
        b=107.00879,
        c=1.064509,
        p30=0.349608,
        p90=0.673683,
        standing="steady",
        need=0.002040,
    ),
]
