"""Size, weight, wall and tolerance of a quotation request against what the lines can do: a «no, because» at once, and once."""

from collections.abc import Sequence
from typing import Any

from actions.form.answers import Answers
from actions.form.lines import Item
from actions.form.typed import PartAnswer, SizeAnswer, WeightAnswer
from actions.plan.casting_limits import say_too_heavy, say_too_large, say_wall, wall_verdicts
from actions.production.catalogue import Alloy, catalogue
from actions.production.limits import judge, line_for, pour_limit
from actions.production.plant import plant
from actions.production.tolerances import finest
from actions.tasks.quote.questions import RequirementsAnswer
from actions.turns.turn import Turn

#: What stands for another figure of a line: the foundry proposes an alloy of a metal, and prices each of several numbers.
_ALIKE = {"alloy": "metal", "quantity": "breaks"}
#: What is judged, each under the question it belongs to.
Judged = dict[str, dict[str, Any]]


class Judging:
    """One look at all answers. ``before`` holds what was judged already, so that nothing is said twice."""

    def __init__(self, turn: Turn, answers: Answers, before: Judged) -> None:
        self.turn = turn
        self.answers = answers
        self.before = before
        self._refused = False

    def say(self) -> Judged:
        """Say what is impossible and was not said before; the verdicts to remember."""
        if not plant().approved("melting", "moulding"):
            return {}
        now: Judged = {}
        for name, look in (("part", self._items), ("weight", self._weight), ("size", self._size), ("wall", self._wall),
                           ("requirements", self._tolerance)):  # fmt: skip
            basis = self._basis(name)
            if basis is None:
                continue
            known = self.before.get(name)
            if known and known["basis"] == basis:
                now[name] = known
            else:
                now[name] = {"basis": basis, "no": look()}
        if self._refused:
            self.turn.say("utter_quote_correct_or_go_on")
        return now

    def _basis(self, name: str) -> Any:
        """The figures a verdict rests on, as text; None when there is nothing to judge."""
        alloy, size, weight, wall = (self.answers.value(each) for each in ("alloy", "size", "weight", "wall"))
        figures: dict[str, tuple[Any, ...]] = {}
        if self._items_listed():
            figures["part"] = (self.answers.value("part"),)
        if self._kg():
            figures["weight"] = (weight, alloy, self.answers.value("quantity") if self._total() else None)
        if self._mm():
            figures["size"] = (size, alloy, weight)
        if wall:
            figures["wall"] = (wall, alloy)
        wants = self._wants()
        if wants.tolerance or wants.grade:
            figures["requirements"] = (wants.tolerance, wants.grade, size, weight)
        return " | ".join(map(str, figures[name])) if name in figures else None

    def _alloys(self) -> list[Alloy]:
        """The alloys named that are melted here; all of them when none is."""
        value = self.answers.value("alloy")
        named = [catalogue()[name] for name in str(value).split(" / ") if name in catalogue()] if value else []
        melted = [alloy for alloy in named or catalogue().alloys.values() if pour_limit(plant(), alloy.melt_group)]
        return melted

    def _named(self) -> bool:
        return bool(self.answers.value("alloy"))

    def _items_listed(self) -> list[Item]:
        part = self.answers.get("part")
        return part.items if isinstance(part, PartAnswer) else []

    def _wants(self) -> RequirementsAnswer:
        wants = self.answers.get("requirements")
        return wants if isinstance(wants, RequirementsAnswer) else RequirementsAnswer()

    def _total(self) -> bool:
        weight = self.answers.get("weight")
        return isinstance(weight, WeightAnswer) and weight.total

    def _kg(self) -> float | None:
        kg, pieces = self.answers.value("weight"), self.answers.value("quantity")
        if not isinstance(kg, (int, float)):
            return None
        if self._total():
            return kg / pieces if isinstance(pieces, int) and pieces else None
        return float(kg)

    def _mm(self) -> list[float]:
        size = self.answers.get("size")
        return list(size.mm) if isinstance(size, SizeAnswer) else []

    def _line(self, kg: float | None, mm: Sequence[float]) -> Any:
        """The smallest line for the part in any alloy that is meant."""
        families = sorted({alloy.family for alloy in self._alloys()} or {"aluminium", "copper"})
        found = [line_for(plant(), family, each, mm) for each in (kg or 0.0, 0.0) for family in families]
        return next((line for line in found if line), None)

    def _weight(self) -> bool:
        kg, alloys = self._kg(), self._alloys()
        if self._named() and not alloys:
            return False
        no = kg is not None and say_too_heavy(self.turn, alloys, kg)
        self._refused = self._refused or no
        return no

    def _size(self) -> bool:
        if self._line(self._kg(), self._mm()) is not None:
            return False
        say_too_large(self.turn, self._mm())
        self._refused = True
        return True

    def _wall(self) -> bool:
        """No only when it is no in every alloy that is meant; at the limit, that the drawing decides."""
        thickness = float(self.answers["wall"].value)
        alloys = self._alloys() if self._named() else []
        verdicts = set(wall_verdicts(alloys, thickness).values())
        if "yes" in verdicts or (len(verdicts) > 1 and not self._named()):
            return False
        say_wall(self.turn, alloys, thickness)
        self._refused = self._refused or verdicts == {"no"}
        return verdicts == {"no"}

    def _tolerance(self) -> bool:
        wants = self._wants()
        mm = self._mm()
        line = self._line(self._kg(), mm) if self._kg() or mm else None
        best = finest(line.id if line else None, max(mm, default=None))
        if best is None:
            return False
        values = {"grade": best.grade, "low": best.low, "high": best.high, "half": best.half}
        if wants.tolerance and wants.tolerance < best.half:
            self.turn.say("utter_quote_tolerance_no", wanted=wants.tolerance, **values)
            return True
        if wants.grade and wants.grade < best.grade:
            self.turn.say("utter_quote_grade_no", wanted=wants.grade, **values)
            return True
        return False

    def _items(self) -> bool:
        """Each part of a list: the lines that are too heavy, and what is missing on which."""
        items = self._items_listed()
        refused = False
        for number, item in enumerate(items, 1):
            if item.get("foreign"):
                material = f"material.{item['foreign']}"
                self.turn.say("utter_quote_line_foreign", number=number, text=item["text"], material=material)
                continue
            alloy = catalogue()[item["alloy"]] if item.get("alloy") in catalogue() else None
            kg = item.get("weight")
            if alloy is None or not isinstance(kg, (int, float)) or not pour_limit(plant(), alloy.melt_group):
                continue
            if not judge(plant(), alloy, kg).possible:
                self.turn.say("utter_quote_line", number=number, text=item["text"])
                say_too_heavy(self.turn, [alloy], float(kg))
                refused = True
        for name in ("quantity", "alloy", "weight"):
            # Nothing is missing of what is not cast here.
            ours = {number: item for number, item in enumerate(items, 1) if not item.get("foreign")}
            without = [
                str(number)
                for number, item in ours.items()
                if name not in item and name not in (item.get("unread") or {}) and _ALIKE.get(name) not in item
            ]
            if without and len(without) < len(ours):
                self.turn.say("utter_quote_lines_without", what=f"question.{name}", lines=without)
        self._refused = self._refused or refused
        # A line in another metal is no slip to be corrected, and not castable all the same.
        return refused or any(item.get("foreign") for item in items)
