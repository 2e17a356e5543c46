"""The package's own errors. Every one says what was found, what was expected and what to do.

ClassifierError
├── DocumentError   an article that can't be read: missing, a directory, not UTF-8, too large
├── LabelsError     a label file with a bad row: names file, line and field
├── InputError      a bad line of a stream
├── OutputError     an output that can't be written, or would be overwritten
└── ModelError      a model folder that is missing, damaged or of another format
"""


class ClassifierError(Exception):
    """Base of everything this package raises on purpose; commands print it and exit with 2."""


class DocumentError(ClassifierError):
    """An article can't be read."""


class LabelsError(ClassifierError):
    """A label file has a row that can't be used."""


class InputError(ClassifierError):
    """A line of a stream isn't what the contract says."""


class OutputError(ClassifierError):
    """An output can't be written, or exists already."""


class ModelError(ClassifierError):
    """A model folder is missing, damaged, or of a format this version doesn't read."""
