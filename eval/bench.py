"""What every set is judged with: the model, what it was trained on, and the kept embeddings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from classifier.labels import Labelled
from classifier.stance.encoder import ENCODER, OnnxEncoder
from classifier.stance.head import Head
from classifier.stance.model import StanceModel
from classifier.training.articles import GoldArticle
from classifier.training.run import TrainingSet, features_of, targets_of
from eval.cache import CachedEncoder, contents, kept
from eval.heads import HeadTraining
from eval.metrics import Array
from eval.splits import Repeats
from eval.words import Counted

Progress = Callable[[str], None]


def _frozen_encoder() -> OnnxEncoder:
    # torch takes seconds to import: only when a text is new
    from classifier.training.encoder import Encoder, starting_encoder  # noqa: PLC0415

    return cast("OnnxEncoder", Encoder.load(starting_encoder()))


@dataclass(frozen=True)
class Bench:
    """The model under test and the labels it was trained on.

    ``seeds`` are the articles' quotations, which only the head has seen; ``articles`` are the written
    articles that only the head has seen; ``cache`` is where slow work is kept; ``root`` is
    the project with its ``labels`` and ``seeds``.
    """

    model: StanceModel
    training: TrainingSet
    seeds: Sequence[Labelled]
    articles: Sequence[GoldArticle]
    cache: Path
    root: Path
    progress: Progress

    @property
    def labels(self) -> tuple[str, ...]:
        """The stances, in the order of every table."""
        return self.model.stances

    @property
    def limits(self) -> dict[str, float]:
        """When the model abstains."""
        return {"certain": self.model.abstention.certain, "off_topic": self.model.abstention.off_topic}

    @property
    def labels_changed(self) -> list[str]:
        """Label files that are not what the model was trained from."""
        trained = self.model.folder.manifest.get("labels", {})
        return [name for name, digest in self.training.sources.items() if trained.get(name) != digest]

    @cached_property
    def encoder(self) -> CachedEncoder:
        """The model's encoder; each text is read once."""
        name = self.model.folder.manifest["files"][ENCODER]["sha256"]
        return CachedEncoder(self.cache, name, lambda: self.model.encoder)

    @cached_property
    def frozen(self) -> CachedEncoder:
        """The encoder that training starts from, as the plain recipe uses it."""
        from classifier.training.encoder import START_SHA256  # noqa: PLC0415

        return CachedEncoder(self.cache, START_SHA256, _frozen_encoder)

    def features(self, items: Sequence[Labelled]) -> Array:
        """What the head sees of each item, ``(len(items), columns)``."""
        return features_of(items, cast("OnnxEncoder", self.encoder), self.model.lexical)

    @cached_property
    def head_training(self) -> HeadTraining:
        """What the model's head was fitted from."""
        held, classes = list(self.training.held), self.training.classes
        inputs = (self.model.folder.digest, contents(held, "text", "context"))
        features = kept(self.cache, "features", inputs, lambda: self.features(held))
        return HeadTraining(held, features, targets_of(held, classes), classes)

    @property
    def known_labels(self) -> bool:
        """Whether the model answers with the project's own labels, so that its head can be fitted again."""
        return self.model.classes == self.training.classes

    @cached_property
    def written(self) -> list[Labelled]:
        """The quotations of the held part written one by one, those with a stance."""
        out = {item.id for item in (*self.seeds, *self.article_quotes)}
        return [item for item in self.training.held if item.id not in out and item.stance in self.labels]

    @cached_property
    def article_quotes(self) -> list[Labelled]:
        """The quotations of the held part that stand in written articles, those with a stance."""
        names = {article.id for article in self.articles}
        return [item for item in self.training.held if item.group in names and item.stance in self.labels]

    @cached_property
    def all_written(self) -> list[Labelled]:
        """Everything trained on but the seeds, off-topic quotations included."""
        seeds = {item.id for item in self.seeds}
        return [item for item in (*self.training.channels, *self.training.held) if item.id not in seeds]

    @cached_property
    def stance_written(self) -> list[Labelled]:
        """Every written quotation with a stance."""
        return [item for item in self.all_written if item.stance in self.labels]

    @property
    def all_training(self) -> list[Labelled]:
        """Everything the model was trained on."""
        return [*self.training.channels, *self.training.held]

    @cached_property
    def repeats(self) -> Repeats:
        """Which training items nearly repeat each other."""
        items = self.all_training
        found: Repeats = kept(self.cache, "repeats", contents(items, "id", "text"), lambda: Repeats.among(items))
        return found

    @cached_property
    def counted(self) -> Counted:
        """The words of everything trained on."""
        return Counted(self.all_training)

    def left(self, train: Sequence[Labelled], test: Sequence[Labelled]) -> list[Labelled]:
        """The training items that are not judged and that no judged item nearly repeats."""
        return [train[i] for i in self.repeats.without(train, test)]

    def with_head(self, head: Head) -> StanceModel:
        """The model with another head, for one fold."""
        variant = StanceModel(self.model.folder)
        # what the model opens when first used is put there beforehand
        vars(variant).update(encoder=self.encoder, lexical=self.model.lexical, head=head)
        return variant
