"""From labels to a model folder. Needs the ``train`` extra; nothing that predicts imports this."""
