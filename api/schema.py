"""OpenAPI 3.1 from the declared resources."""

from typing import TYPE_CHECKING, Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from api.columns import Column
from api.pagination import DEFAULT_SIZE, LARGEST_SIZE

if TYPE_CHECKING:
    from api.resources import Resource

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "An RFC 9457 problem document.",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
                "required": ["parameter", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}
REFUSALS = {
    "400": "A parameter is wrong; it is named.",
    "406": "We do not write that format.",
    "429": "Too many requests.",
}
PAGE_MEANING = {
    "cursor": "Where to go on: take it from `next` or `previous`, never make one.",
    "page_size": "How many rows a page holds.",
    "count": "Add `count`, the number of rows in the whole list. It costs time; ask only when you need it.",
    "format": "The format; Accept says the same. CSV and NDJSON give the whole list, not a page.",
}


def row_schema(columns: tuple[Column, ...]) -> dict[str, Any]:
    """The schema of one row: every column is always there."""
    return {
        "type": "object",
        "properties": {column.name: column.schema() for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


class OpenSchema(AutoSchema):
    """Describes ListView and DetailView from their resource."""

    @property
    def resource(self) -> "Resource":
        resource: Resource = self.view.declared()  # type: ignore[attr-defined]
        return resource

    @property
    def is_list(self) -> bool:
        return "{id}" not in self.path

    def get_operation_id(self) -> str:
        name = f"list_{self.resource.name}" if self.is_list else f"get_{self.resource.one}"
        return name.replace(" ", "_")

    def get_tags(self) -> list[str]:
        return [self.resource.name]

    def get_summary(self) -> str:
        return f"All {self.resource.name}, page by page" if self.is_list else f"One {self.resource.one}"

    def get_description(self) -> str:  # type: ignore[override]
        return str(self.resource.meaning)

    def get_auth(self) -> list[dict[str, Any]]:
        return []

    def _get_request_body(self, direction: str = "request") -> None:
        return None

    def _get_parameters(self) -> list[dict[str, Any]]:
        parameters = [] if self.is_list else [parameter("id", "path", {"type": "string", "format": "uuid"}, "The id.")]
        if self.is_list:
            parameters += [
                parameter(item.name, "query", item.schema, str(item.meaning)) for item in self.resource.filters
            ]
            parameters += [
                parameter(name, "query", schema, PAGE_MEANING.get(name) or self._order_meaning())
                for name, schema in self._page_schemas().items()
            ]
        return [
            *parameters,
            parameter("format", "query", {"type": "string", "enum": self._formats()}, PAGE_MEANING["format"]),
        ]

    def _order_meaning(self) -> str:
        usual = "The order of the rows; the first is the usual one."
        orderings = {ordering.name for ordering in self.resource.orderings}
        if "updated" in orderings and any(item.name == "updated_since" for item in self.resource.filters):
            usual += " With `updated_since` it is `updated`."
        return usual

    def _formats(self) -> list[str]:
        return ["json", "csv", "ndjson"] if self.is_list else ["json"]

    def _page_schemas(self) -> dict[str, dict[str, Any]]:
        orderings = [ordering.name for ordering in self.resource.orderings]
        return page_schemas() | {"ordering": {"type": "string", "enum": orderings}}

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        row = self._component(self.resource.one.replace(" ", "_").capitalize(), row_schema(self.resource.columns))
        answer = list_of(row) if self.is_list else row
        refusals = REFUSALS if self.is_list else REFUSALS | {"404": "There is nothing here, or nothing that is public."}
        return {
            "200": {"description": "", "content": {"application/json": {"schema": answer}} | self._files()},
            **self._refusals(refusals),
        }

    def _files(self) -> dict[str, Any]:
        kinds = {"csv": "text/csv", "ndjson": "application/x-ndjson"}
        return {kinds[form]: {"schema": {"type": "string"}} for form in self._formats() if form in kinds}

    def _refusals(self, refusals: dict[str, str]) -> dict[str, Any]:
        problem = {"application/problem+json": {"schema": self._component("Problem", PROBLEM)}}
        return {
            "304": {"description": "Nothing changed since the ETag that you sent."},
            **{status: {"description": words, "content": problem} for status, words in refusals.items()},
        }

    def _component(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        component = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=name)
        self.registry.register_on_missing(component)
        return component.ref


def page_schemas() -> dict[str, dict[str, Any]]:
    """The parameters of every list that is read in pages."""
    return {
        "cursor": {"type": "string"},
        "page_size": {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE},
        "count": {"type": "boolean", "default": False},
    }


def list_of(row: dict[str, Any]) -> dict[str, Any]:
    """The schema of one page of such rows."""
    link = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "properties": {
            "next": link,
            "previous": link,
            "count": {"type": "integer", "description": "Only with `count=true`."},
            "results": {"type": "array", "items": row},
        },
        "required": ["next", "previous", "results"],
        "additionalProperties": False,
    }


def parameter(name: str, place: str, schema: dict[str, Any], meaning: str) -> dict[str, Any]:
    """One parameter, in the path or in the query."""
    return {"name": name, "in": place, "required": place == "path", "description": meaning, "schema": schema}
