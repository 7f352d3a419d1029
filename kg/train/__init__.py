"""Training of the model that kg.neural runs."""
