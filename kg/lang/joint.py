"""The trained model as a spaCy component."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.neural import READING
from kg.neural.model import load

MODEL = "base"
"""The model that kg reads with by default."""


class JointModel:
    """Keep in ``doc.user_data`` what a model makes of the text.

    ``model`` is the name of one that comes with kg, or the folder of another.
    """

    def __init__(self, model: str) -> None:
        self.model = model

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[READING] = load(self.model).read(doc.text)
        return doc


@Language.factory("joint_model", default_config={"model": MODEL})
def make_joint_model(nlp: Language, name: str, model: str) -> JointModel:
    """Return the component."""
    return JointModel(model)
