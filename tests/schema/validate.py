"""Checks an OpenAPI 3.0 document by other people's rules, not the generator's.

The document has to be valid, and every example in it has to fit its own schema: an example that does not is a wrong promise to
readers, and a mock server would serve it.

Use: validate.py DOCUMENT. Exit codes: 0 fine, 1 findings, 2 the document cannot be read.
"""

import sys
from pathlib import Path

import yaml
from openapi_schema_validator import OAS30Validator, oas30_format_checker
from openapi_spec_validator import OpenAPIV30SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

DOCUMENT_URI = "urn:document"
FORMATS_THAT_MUST_BE_CHECKED = ("date", "date-time")


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    path = Path(arguments[0])
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=StrictLoader)
    except (OSError, yaml.YAMLError) as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 2
    examples = list(examples_in(document, document, ()))
    # References first: the validators can't go on where one leads nowhere.
    findings = list(reference_findings(document, document, ()))
    if not findings:
        findings = [*document_findings(document), *example_findings(document, examples)]
    for pointer, message in findings:
        print(f"{path}: {pointer}: {message}")
    print(f"{path}: {len(examples)} examples checked, {count(findings, 'finding')}")
    return 1 if findings else 0


def document_findings(document):
    """What makes the document itself invalid."""
    for error in OpenAPIV30SpecValidator(document).iter_errors():
        yield pointer_to(error.absolute_path), error.message


def example_findings(document, examples):
    """Which examples do not fit their schema, and why."""
    if not examples:
        yield "#", "has no example to check"
    for name in FORMATS_THAT_MUST_BE_CHECKED:
        if name not in oas30_format_checker.checkers:
            yield "#", f"the validator does not check the format {name}: is a package missing?"
    registry = Registry().with_resource(DOCUMENT_URI, Resource(contents=document, specification=DRAFT4))
    for pointer, schema_pointer, value in examples:
        schema = {"$ref": DOCUMENT_URI + schema_pointer}
        validator = OAS30Validator(schema, registry=registry, format_checker=oas30_format_checker)
        for error in validator.iter_errors(value):
            yield pointer + pointer_to(error.absolute_path)[1:], error.message


def reference_findings(document, node, path):
    """Which references lead nowhere. The document is to be complete: a reference to another file is one too."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in children:
        if key == "$ref" and isinstance(value, str) and resolve(document, value) is None:
            yield pointer_to((*path, key)), f"{value} is not in the document"
        yield from reference_findings(document, value, (*path, key))


def examples_in(document, node, path):
    """Every example as (its pointer, its schema's pointer, its value).

    Walks all that is not data: what is inside an example, a default or an extension only looks like OpenAPI.
    """
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from examples_in(document, item, (*path, index))
    if not isinstance(node, dict):
        return
    is_named_map = bool(path) and path[-1] in NAMED_MAPS and not is_named_entry(path)
    if not is_named_map:
        yield from own_examples(document, node, path)
    for key, value in node.items():
        is_data = key in DATA_KEYS or str(key).startswith("x-")
        if is_named_map or not is_data:
            yield from examples_in(document, value, (*path, key))


# Objects whose keys are names chosen by the author: there a key `example` or `x-id` is a name like any other.
NAMED_MAPS = {
    "callbacks", "content", "encoding", "headers", "links", "parameters", "paths", "properties", "requestBodies", "responses",
    "schemas", "securitySchemes", "variables",
}
DATA_KEYS = {"default", "enum", "example", "examples"}


def is_named_entry(path):
    """Whether the last key of the path is itself a name: `properties/content` is a property that is called content."""
    return len(path) > 1 and path[-2] in NAMED_MAPS and not is_named_entry(path[:-1])


def own_examples(document, node, path):
    """The examples that an object holds itself. With a `schema` it is a media type, a parameter or a header, else a schema."""
    schema_path = (*path, "schema") if "schema" in node else path
    if "example" in node:
        yield pointer_to((*path, "example")), pointer_to(schema_path), node["example"]
    if path == ("components",):
        return  # Its examples belong to no schema until something refers to them.
    for name, example in node.get("examples", {}).items():
        example_path = (*path, "examples", name)
        example = (resolve(document, example["$ref"]) if "$ref" in example else example) or {}
        if "value" in example:
            yield pointer_to((*example_path, "value")), pointer_to(schema_path), example["value"]


def resolve(document, reference):
    """The object that a reference means, or None."""
    node = document
    for part in reference.removeprefix("#/").split("/"):
        node = node.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(node, dict) else None
    return node


def pointer_to(path):
    return "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def count(items, noun):
    return f"{len(items) or 'no'} {noun}{'' if len(items) == 1 else 's'}"


class StrictLoader(yaml.SafeLoader):
    """YAML as other readers take it: a key may not come twice, and no text turns into a date."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} comes twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", yaml.SafeLoader.construct_yaml_str)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
