"""How a figure looks to a reader of one language: Babel does the work, this module names the formats texts may use.

In a text, ``{ship:date}`` names the value and the format. Values are plain JSON: numbers, ISO dates
(``2027-03-19``), ISO weeks (``2027-W11``), strings, lists of strings, term keys.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_decimal_symbol

from bot.common.spans import DAYS, WEEKS, Span, is_span

Terms = Mapping[str, str]
#: Spans whose name says which days they are.
_PLAIN = ("month", "quarter", "year")


def as_date(value: Any) -> dt.date:
    """A date from a date or its ISO text. Raises ValueError for anything else."""
    if isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(str(value)[:10])


def iso_week(day: dt.date) -> str:
    """``2027-W11`` of a date."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_monday(week: str) -> dt.date:
    """The Monday of ``2027-W11``. Raises ValueError when the year has no such week."""
    year, number = week.split("-W")
    return dt.date.fromisocalendar(int(year), int(number), 1)


class Formats:
    """The formats of one language. ``terms`` are the language's words for codes (statuses, reasons, resources)."""

    def __init__(self, language: str, terms: Terms) -> None:
        self.locale = Locale.parse("nb" if language == "nb" else "en_GB" if language == "en" else language)
        self.terms = terms
        self._formats: dict[str, Callable[[Any], str]] = {
            "": str,
            "int": self.integer,
            "num": self.number,
            "date": self.date,
            "day": self.day,
            "week": self.week,
            "term": self.term,
            "terms": self.term_list,
            "heading": self.heading,
            "list": self.plain_list,
            "or": self.or_list,
            "or_terms": self.or_terms,
            "size": self.size,
            "money": self.money,
            "moment": self.moment,
            "bytes": self.bytes,
            "month": self.month,
        }

    def apply(self, value: Any, spec: str) -> str:
        """Format one value. Raises KeyError for an unknown format or term, so that a wrong text fails its test."""
        return self._formats[spec](value)

    def integer(self, value: Any) -> str:
        """A whole number with the language's grouping."""
        return str(format_decimal(round(float(value)), locale=self.locale))

    def number(self, value: Any) -> str:
        """A number as it is, at most three decimals; a text such as ``<1`` or ``21-27`` is shown with local decimals."""
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                point = get_decimal_symbol(self.locale)
                return str(value.replace(".", point).replace("-", "–"))
        return str(format_decimal(value, format="#,##0.###", locale=self.locale))

    def date(self, value: Any) -> str:
        """Weekday, day, month and year: «fredag 19. mars 2027», «Friday 19 March 2027»; a span as it was said."""
        if is_span(value):
            return self.span(Span.load(value))
        pattern = "EEEE d. MMMM y" if self.locale.language == "nb" else "EEEE d MMMM y"
        return str(format_date(as_date(value), pattern, locale=self.locale))

    def day(self, value: Any) -> str:
        """Day and month: «19. mars», «19 March»."""
        pattern = "d. MMMM" if self.locale.language == "nb" else "d MMMM"
        return str(format_date(as_date(value), pattern, locale=self.locale))

    def span(self, span: Span) -> str:
        """What was said, and its days where they are not plain: «juni 2027», «end of May 2027 (24–31 May)»."""
        days = self._days(span)
        if span.of == WEEKS:
            weeks = [day.isocalendar().week for day in (span.first, span.last)]
            return f"{self.terms['unit.week']} {weeks[0]}–{weeks[1]} ({span.last.isocalendar().year})"
        if span.of == DAYS:
            return days if span.first.year != span.last.year else f"{days} {span.last.year}"
        if span.of in _PLAIN and not span.part:
            return self._whole(span)
        return f"{self.terms[f'span.{span.part or span.of}']} {self._whole(span)} ({days})"

    def _whole(self, span: Span) -> str:
        """The month, quarter or year that a span is, or is in."""
        if span.of == "quarter":
            pattern = "QQQQ y" if self.locale.language == "nb" else "QQQ y"
            return str(format_date(span.last, pattern, locale=self.locale))
        if span.of not in ("month", "week"):
            return str(span.first.year)
        months = dict.fromkeys(str(format_date(day, "MMMM", locale=self.locale)) for day in (span.first, span.last))
        return f"{'/'.join(months)} {span.last.year}"

    def _days(self, span: Span) -> str:
        """«24.–31. mai», «28 May–2 June», with their years when these differ."""
        if span.first.year != span.last.year:
            return "–".join(f"{self.day(day)} {day.year}" for day in (span.first, span.last))
        if span.first.month != span.last.month:
            return f"{self.day(span.first)}–{self.day(span.last)}"
        point = "." if self.locale.language == "nb" else ""
        return f"{span.first.day}{point}–{self.day(span.last)}"

    def week(self, value: Any) -> str:
        """ISO week with its year: «uke 11 (2027)». Takes a week or a date."""
        text = str(value)
        year, week = text.split("-W") if "-W" in text else iso_week(as_date(value)).split("-W")
        return f"{self.terms['unit.week']} {int(week)} ({year})"

    def term(self, value: Any) -> str:
        """The word for a code."""
        return self.terms[str(value)]

    def heading(self, value: Any) -> str:
        """As ``term``, beginning with a capital letter: a word that stands alone."""
        word = self.term(value)
        return word[:1].upper() + word[1:]

    def term_list(self, values: Any) -> str:
        """Several codes, joined as the language joins them."""
        return self.plain_list([self.term(value) for value in values])

    def plain_list(self, values: Any) -> str:
        """«a, b og c»."""
        return str(format_list([str(value) for value in values], locale=self.locale))

    def or_list(self, values: Any) -> str:
        """«a, b eller c»."""
        return str(format_list([str(value) for value in values], style="or", locale=self.locale))

    def or_terms(self, values: Any) -> str:
        """Several codes, one of which is meant."""
        return self.or_list([self.term(value) for value in values])

    def size(self, values: Any) -> str:
        """Lengths of a body: «2 150 × 1 600 × 1 200»."""
        return " × ".join(self.number(value) for value in values)

    def money(self, value: Any) -> str:
        """``[minor units, ISO currency]``."""
        minor, currency = value
        return str(format_currency(minor / 100, currency, format="#,##0.00 ¤¤", locale=self.locale))

    def moment(self, value: Any) -> str:
        """ISO moment, as its zone's clock shows it: «mandag 8. mars kl. 08.00», «Monday 8 March at 08:00»."""
        at = dt.datetime.fromisoformat(str(value))
        nb = self.locale.language == "nb"
        day = format_date(at.date(), "EEEE d. MMMM" if nb else "EEEE d MMMM", locale=self.locale)
        clock = format_time(at.time(), "HH.mm" if nb else "HH:mm", locale=self.locale)
        return f"{day} {self.terms['unit.at']} {clock}"

    def bytes(self, value: Any) -> str:
        """A file's size in steps of a thousand: «340 kB», «1,2 MB»."""
        size = float(value)
        if size < 1_000_000:
            return f"{self.integer(max(1, size / 1000))} kB"
        return str(format_decimal(size / 1_000_000, format="#,##0.#", locale=self.locale)) + " MB"

    def month(self, value: Any) -> str:
        """``2027-03``: «mars 2027», «March 2027»."""
        return str(format_date(dt.date.fromisoformat(f"{value}-01"), "MMMM y", locale=self.locale))
