"""Columns in which a credit code stands among other numbers: 统一社会信用代码/注册号, 社会信用代码/证件号码."""

from __future__ import annotations

import re
from typing import Final
import unicodedata

from site_builder.pack.known import known_table
from site_builder.pack.minors import PERSON
from site_builder.vocabulary import Kind

_CODE: Final = "(?:主体|企业|单位|相对人)?(?:统一)?社会信用代码证?号?"
_OTHER: Final = (
    "(?:(?:工商|企业|营业执照)?注册号码?|(?:工商)?登记[号码]|组织机构代码证?号?|(?:有效|个人)?(?:身份)?证件?号码?"
    "|公民身份号码|纳税人识别号|税务登记[号码])"
)
_OTHERS: Final = f"{_OTHER}(?:[/、或和及]+{_OTHER})*"
_MIXED: Final = re.compile(
    rf"{_CODE}[/、或和及]+{_OTHERS}|{_CODE}[(\[【〔]+[或原/]?{_OTHERS}[)\]】〕]+|{_OTHERS}[/、或和及]+{_CODE}"
)
_REGISTERED: Final = re.compile("[0-9]{13}|[0-9]{15}|[0-9A-Z]{8}-?[0-9X]")
"""A registration number (13 digits, later 15) or an organisation code (9 characters): the numbers before the code."""


def is_mixed(heading: str) -> bool:
    """Whether a heading says that codes stand there, and other numbers where there is none."""
    return _MIXED.fullmatch("".join(unicodedata.normalize("NFKC", heading).split())) is not None


def other_number(kind: Kind, subject_type: str, number: str) -> str:
    """What a number of such a column is, where it is not exported; empty for what is exported, or is not known.

    Not exported are a natural person's, where the kind never shows one, and those organisations had before codes.
    """
    if subject_type in PERSON:
        return "自然人的证件号码" if number and known_table(kind).dropped else ""
    return "注册号、组织机构代码一类的号码" if subject_type and _REGISTERED.fullmatch(number.upper()) else ""
