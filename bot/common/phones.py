"""Telephone numbers in one spelling, to compare and to dial by. What the customer typed is what people are shown."""

import re

import phonenumbers

#: Where a number without a country code is from, by the language it is told in.
_REGIONS = {"nb": "NO", "nn": "NO", "no": "NO", "en": "NO", "da": "DK", "sv": "SE", "de": "DE"}
_OTHER_REGION = "NO"


def normal(written: str, language: str = "") -> str:
    """A number as +4762410000; its digits alone where its country cannot be told."""
    plain = re.sub(r"^\s*00(?=[1-9])", "+", written).replace("(0)", "")
    region = _REGIONS.get(language[:2].lower(), _OTHER_REGION)
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return re.sub(r"\D", "", written)
    if plain.lstrip().startswith("+") or phonenumbers.is_valid_number(number) or _is_eight(plain, region):
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return re.sub(r"\D", "", written)


def _is_eight(written: str, region: str) -> bool:
    """Eight digits are a number of Norway or Denmark even where no subscriber has it: nobody else's are told without a code."""
    return region in ("NO", "DK") and len(re.sub(r"\D", "", written)) == len("12345678")
