"""From the words of a quotation to the probabilities of its stance."""
