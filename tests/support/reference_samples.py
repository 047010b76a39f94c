"""Small files in the formats of the datasets' publishers, written for the tests."""

from __future__ import annotations

from pathlib import Path

from tracker.reference.reading import read_reference

UCDP = """\
id,code_status,side_a,country,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low
1,Clear,Army,Syria,2016-01-01 00:00:00.000,2016-01-02 00:00:00.000,1,2,3,0,6,9,5
2,Clear,Army,Yemen (North Yemen),2016-01-01,2016-01-01,0,0,4,0,4,4,4
3,Clear,"Army, navy",Syria,2016-01-05,2016-01-05,10,0,0,0,10,10,10
4,Clear,Army,Syria,2016-01-02,2016-01-02,0,0,0,1,1,1,0
"""
ACLED = """\
event_id_cnty;event_date;event_type;country;notes;fatalities
SYR1;02 January 2017;Battles;Syria;"Shelling; two died";2
SYR2;2017-01-01;Battles;Syria;;3
SYR3;03/01/2017;Protests;Syria;;0
YEM1;31-January-2017;Battles;Yemen;;7
"""
GAZA = """\
[{"report_date": "2023-10-08", "killed_cum": 400, "ext_killed_cum": 400, "ext_injured_cum": 2200, "injured_cum": 2250,
  "ext_killed_children_cum": 80, "ext_press_killed_cum": 2, "press_killed_cum": 3},
 {"report_date": "2023-10-07", "ext_killed_cum": 230, "ext_injured_cum": 1600, "ext_killed_children_cum": 0}]
"""
GAZA_CSV = """\
report_date,killed_cum,ext_killed_cum,med_killed_cum,ext_killed_women_cum
2023-10-07,,230,6,0
2023-10-08,400,400,,11
"""
PLAIN = """\
date,value
2012-03-01,9000
2012-03-05,8900
"""
PLAIN_FULL = """\
Date\tOutcome\tvalue\tlow\thigh\tcountry
2012-03-01\tkilled\t9000\t8000\t9500\tSYR
2012-03-02\tinjured\t100\t\t\tSyria
"""


def read(text: str | bytes, tmp_path: Path, name: str = "data"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_reference(path)


def rows(reference, *columns: str):
    table = reference.table.assign(date=reference.table["date"].dt.strftime("%Y-%m-%d"))
    shown = table[list(columns)].astype(object)
    return list(shown.where(shown.notna(), None).itertuples(index=False, name=None))
