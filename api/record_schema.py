"""OpenAPI 3.1 of the record."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from api.schema import REFUSALS, OpenSchema, parameter

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_ROOT = {
    "type": "object",
    "properties": {"sequence_count": {"type": "integer"}, "root": {"type": "string"}},
    "required": ["sequence_count", "root"],
    "additionalProperties": False,
}
_PROOF = {"type": "array", "items": {"type": "string"}, "description": "Hashes of nodes, hex, as RFC 9162 orders them."}
_DOCUMENTS: dict[str, dict[str, Any]] = {
    "consistency": {"from": _ROOT, "to": _ROOT, "proof": _PROOF},
    "inclusion": {"sequence": {"type": "integer"}, "checkpoint": _ROOT, "proof": _PROOF},
}
# name → how to ask for it, what it is
PROOFS: "dict[str, tuple[str, StrOrPromise]]" = {
    "consistency": (
        "record/consistency/?from={n}&to={n}",
        _("The proof that the lines of one checkpoint are the beginning of another (RFC 9162, 2.1.4)."),
    ),
    "inclusion": (
        "record/inclusion/?sequence={n}&checkpoint={n}",
        _("The proof that a line is under a checkpoint (RFC 9162, 2.1.3)."),
    ),
}


class RecordSchema(OpenSchema):
    """Lines and checkpoints go by numbers, not by ids."""

    def get_operation_id(self) -> str:
        return super().get_operation_id().replace("/", "_").replace(" ", "_")

    def get_tags(self) -> list[str]:
        return ["record"]

    def get_summary(self) -> str:
        return f"Every {self.resource.one}, page by page" if self.is_list else f"One {self.resource.one}"

    def _get_parameters(self) -> list[dict[str, Any]]:
        number = parameter("id", "path", {"type": "integer", "minimum": 0}, "Its number.")
        return [number if item["name"] == "id" else item for item in super()._get_parameters()]


class ProofSchema(OpenSchema):
    """A proof: two numbers in, a list of hashes out."""

    def __init__(self, name: str = "", numbers: dict[str, str] | None = None) -> None:
        super().__init__()
        self.name, self.numbers = name, numbers or {}

    def get_operation_id(self) -> str:
        return f"get_record_{self.name}"

    def get_tags(self) -> list[str]:
        return ["record"]

    def get_summary(self) -> str:
        return f"A proof of {self.name}"

    def get_description(self) -> str:  # type: ignore[override]
        return str(PROOFS[self.name][1])

    def _get_parameters(self) -> list[dict[str, Any]]:
        return [
            parameter(name, "query", {"type": "integer", "minimum": 0, "maximum": 999_999_999}, meaning)
            | {"required": True}
            for name, meaning in self.numbers.items()
        ]

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        parts = _DOCUMENTS[self.name]
        document = {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}
        answer = self._component(f"{self.name.capitalize()}_proof", document)
        refusals = {status: words for status, words in self._refusals(REFUSALS).items() if status != "304"}
        return {"200": {"description": "", "content": {"application/json": {"schema": answer}}}, **refusals}
