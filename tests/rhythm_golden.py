"""Ten ties worked by hand: days, the date of reading, and what must come out.

For all of them m_owner = log 21 = 3.0445, kappa = 4.5, pace = 0, r = exp(lg), and there is a spark.
    log a = -1.448 - .061 log(c10 + .02) + .125 log(c45 + .02) + .462 log(c200 + .02) + .338 lg
    log b = .110 + 1.486 lg - .024 log n
    need = gate (p(H | e) - p(H | e + s)), the second p with counters faded by s more days
"""

from typing import NamedTuple


class Worked(NamedTuple):
    """One tie, its days and the date of reading, then lg, a, b, p30, p90, standing and need."""

    name: str
    days: tuple[int, ...]
    today: int
    lg: float
    a: float
    b: float
    p30: float
    p90: float
    standing: str
    need: float


TIES = [
    # s1 = 0.0000, lg = (0.0000 + 4.5 * 3.0445) / (0 + 4.5) = 3.0445, r = 21.00, e = 0
    # c = 1.0000, 1.0000, 1.0000; a = 0.6646, b = 102.94, e + b = 102.94
    # p30 = 1 - (1 + 30 / 102.94)^-0.6646; z = 2.000; gate = 0.0000, H = 42.00, s = 7.00
    Worked(
        name="met once, today",
        days=(0,),
        today=0,
        lg=3.044522,
        a=0.664623,
        b=102.94145,
        p30=0.156315,
        p90=0.341331,
        standing="new spark",
        need=0.000000,
    ),
    # s1 = 0.0000, lg = (0.0000 + 4.5 * 3.0445) / (0 + 4.5) = 3.0445, r = 21.00, e = 30
    # c = 0.0498, 0.5134, 0.8607; a = 0.6745, b = 102.94, e + b = 132.94
    # p30 = 1 - (1 + 30 / 132.94)^-0.6745; z = -0.002; gate = 0.2143, H = 42.00, s = 7.00
    Worked(
        name="met once, a month ago",
        days=(0,),
        today=30,
        lg=3.044522,
        a=0.674493,
        b=102.94145,
        p30=0.128245,
        p90=0.294404,
        standing="new spark",
        need=0.001689,
    ),
    # s1 = 0.0000, lg = (0.0000 + 4.5 * 3.0445) / (1 + 4.5) = 2.4910, r = 12.07, e = 0
    # c = 1.9048, 1.9780, 1.9950; a = 0.7899, b = 44.48, e + b = 44.48
    # p30 = 1 - (1 + 30 / 44.48)^-0.7899; z = 3.526; gate = 0.0000, H = 30.00, s = 7.00
    Worked(
        name="two days in a row",
        days=(0, 1),
        today=1,
        lg=2.490973,
        a=0.789948,
        b=44.47602,
        p30=0.334515,
        p90=0.582732,
        standing="new spark",
        need=0.000000,
    ),
    # s1 = 5.8377, lg = (5.8377 + 4.5 * 3.0445) / (3 + 4.5) = 2.6051, r = 13.53, e = 7
    # c = 0.9264, 2.7524, 3.6677; a = 1.1809, b = 51.83, e + b = 58.83
    # p30 = 1 - (1 + 30 / 58.83)^-1.1809; z = 1.190; gate = 0.0000, H = 30.00, s = 7.00
    Worked(
        name="four weeks running, then one of silence",
        days=(0, 7, 14, 21),
        today=28,
        lg=2.605078,
        a=1.180865,
        b=51.82508,
        p30=0.385309,
        p90=0.665823,
        standing="steady",
        need=0.000000,
    ),
    # s1 = 6.8024, lg = (6.8024 + 4.5 * 3.0445) / (2 + 4.5) = 3.1543, r = 23.44, e = 60
    # c = 0.0026, 0.4684, 1.9273; a = 1.0700, b = 118.02, e + b = 178.02
    # p30 = 1 - (1 + 30 / 178.02)^-1.0700; z = -0.460; gate = 0.7801, H = 46.87, s = 7.00
    Worked(
        name="monthly three times, two months silent",
        days=(0, 30, 60),
        today=120,
        lg=3.154269,
        a=1.069950,
        b=118.02263,
        p30=0.153487,
        p90=0.354533,
        standing="drifting",
        need=0.009693,
    ),
    # s1 = 31.4987, lg = (31.4987 + 4.5 * 3.0445) / (7 + 4.5) = 3.9303, r = 50.92, e = 1
    # c = 0.9049, 1.1311, 2.6708; a = 1.4335, b = 365.25, e + b = 366.25
    # p30 = 1 - (1 + 30 / 366.25)^-1.4335; z = 0.644; gate = 0.0000, H = 101.85, s = 12.73
    Worked(
        name="every quarter eight times, the day after",
        days=(0, 90, 180, 270, 360, 450, 540, 630),
        today=631,
        lg=3.930349,
        a=1.433492,
        b=365.25388,
        p30=0.106721,
        p90=0.270190,
        standing="steady",
        need=0.000000,
    ),
    # s1 = 15.5789, lg = (15.5789 + 4.5 * 3.0445) / (3 + 4.5) = 3.9039, r = 49.60, e = 360
    # c = 0.0000, 0.0003, 0.2709; a = 0.3878, b = 357.07, e + b = 717.07
    # p30 = 1 - (1 + 30 / 717.07)^-0.3878; z = -0.266; gate = 1.0000, H = 99.19, s = 12.40
    Worked(
        name="every half year four times, a year silent",
        days=(0, 180, 360, 540),
        today=900,
        lg=3.903896,
        a=0.387848,
        b=357.06531,
        p30=0.015771,
        p90=0.044823,
        standing="dormant",
        need=0.002023,
    ),
    # s1 = 11.7998, lg = (11.7998 + 4.5 * 3.0445) / (2 + 4.5) = 3.9231, r = 50.56, e = 730
    # c = 0.0000, 0.0000, 0.0309; a = 0.1740, b = 369.95, e + b = 1099.95
    # p30 = 1 - (1 + 30 / 1099.95)^-0.1740; z = -0.189; gate = 1.0000, H = 101.11, s = 12.64
    Worked(
        name="every year three times, two years silent",
        days=(0, 365, 730),
        today=1460,
        lg=3.923099,
        a=0.174028,
        b=369.94669,
        p30=0.004672,
        p90=0.013594,
        standing="dormant",
        need=0.000423,
    ),
    # s1 = 0.0000, lg = (0.0000 + 4.5 * 3.0445) / (9 + 4.5) = 1.0148, r = 2.76, e = 200
    # c = 0.0000, 0.1065, 3.5973; a = 0.5881, b = 4.77, e + b = 204.77
    # p30 = 1 - (1 + 30 / 204.77)^-0.5881; z = -1.144; gate = 1.0000, H = 30.00, s = 7.00
    Worked(
        name="ten days at one conference, silent since",
        days=(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
        today=209,
        lg=1.014841,
        a=0.588132,
        b=4.77212,
        p30=0.077260,
        p90=0.192861,
        standing="dormant",
        need=0.004590,
    ),
    # s1 = 6.8024, lg = (6.8024 + 4.5 * 3.0445) / (2 + 4.5) = 3.1543, r = 23.44, e = 30
    # c = 0.0524, 0.9123, 2.2392; a = 1.1573, b = 118.02, e + b = 148.02
    # p30 = 1 - (1 + 30 / 148.02)^-1.1573; z = -0.146; gate = 0.1400, H = 46.87, s = 7.00
    Worked(
        name="before the year 1",
        days=(-400, -370, -340),
        today=-310,
        lg=3.154269,
        a=1.157289,
        b=118.02263,
        p30=0.192306,
        p90=0.422884,
        standing="steady",
        need=0.001527,
    ),
]
