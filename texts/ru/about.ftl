# Figures, and what the hub says about itself.
