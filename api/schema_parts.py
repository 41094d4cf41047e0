"""OpenAPI 3.1 of what lies below one row."""

from typing import TYPE_CHECKING, Any

from api.schema import PAGE_MEANING, REFUSALS, OpenSchema, list_of, page_schemas, parameter, row_schema

if TYPE_CHECKING:
    from api.parts import Part


class PartSchema(OpenSchema):
    """Describes PartView from its resource and its part."""

    @property
    def part(self) -> "Part":
        part: Part = self.view.declared_part()  # type: ignore[attr-defined]
        return part

    def get_operation_id(self) -> str:
        return f"{'list' if self.part.columns else 'get'}_{self.resource.one}_{self.part.name}"

    def get_summary(self) -> str:
        return f"The {self.part.name} of one {self.resource.one}"

    def get_description(self) -> str:  # type: ignore[override]
        return str(self.part.meaning)

    def _get_parameters(self) -> list[dict[str, Any]]:
        parameters = [parameter("id", "path", {"type": "string", "format": "uuid"}, "The id.")]
        if self.part.columns:
            parameters += [
                parameter(name, "query", schema, PAGE_MEANING[name]) for name, schema in page_schemas().items()
            ]
        return [
            *parameters,
            parameter("format", "query", {"type": "string", "enum": self.part.formats}, PAGE_MEANING["format"]),
        ]

    def _formats(self) -> list[str]:
        return self.part.formats

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        name, part = self.part.one.capitalize(), self.part
        if part.document is not None:
            answer = self._component(name, part.document)
        else:
            answer = list_of(self._component(name, row_schema(part.columns)))
        content: dict[str, Any] = {"application/json": {"schema": answer}}
        content |= self._files()
        if part.file is not None:
            content[part.file.media_type] = {"schema": {"type": "string"}}
        return {
            "200": {"description": "", "content": content},
            **self._refusals(REFUSALS | {"404": str(part.missing)}),
        }
