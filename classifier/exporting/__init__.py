"""The model for other libraries; imports torch, transformers and sentence-transformers (extra ``train``)."""
