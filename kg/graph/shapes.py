"""What the relations may join, as SHACL shapes made of the ontology's domains and ranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.ontology import Ontology, Relation

HEAD = """\
# Written by kg ontology --shapes; change kg.ttl.

@prefix kg: <https://w3id.org/kg/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def relation_shapes(ontology: Ontology) -> str:
    """Return Turtle with two node shapes for each relation: of its subjects, of its objects.

    Of several classes one must hold (``sh:or``, SHACL section 4.6.3).
    """
    relations = sorted(ontology.relations.values(), key=lambda relation: relation.name)
    return "\n".join((HEAD, *(block for r in relations for block in _blocks(r))))


def _blocks(relation: Relation) -> Iterator[str]:
    name = relation.name
    yield _shape(f"{name}SubjectShape", "targetSubjectsOf", name, _classes(relation.domain))
    if relation.range:
        yield _shape(f"{name}ObjectShape", "targetObjectsOf", name, _classes(relation.range))
    elif relation.datatype:
        prefix = "rdf" if relation.datatype in ("langString", "HTML", "JSON") else "xsd"
        only = [f"sh:datatype {prefix}:{relation.datatype}"]
        yield _shape(f"{name}ObjectShape", "targetObjectsOf", name, only)


def _classes(names: Iterable[str]) -> list[str]:
    return [f"sh:class kg:{name}" for name in names]


def _shape(shape: str, target: str, relation: str, allowed: list[str]) -> str:
    kinds = " or ".join(one.rpartition(":")[2] for one in allowed)
    end = "subject" if target == "targetSubjectsOf" else "object"
    listed = " ".join(f"[ {one} ]" for one in allowed)
    wanted = f"sh:or ( {listed} )" if len(allowed) > 1 else allowed[0]
    return f"""\
kg:{shape} a sh:NodeShape ;
  sh:{target} kg:{relation} ;
  {wanted} ;
  sh:message "The {end} of {relation} must be: {kinds}."@en .
"""
