"""Measurements of the product beside other ways to do the same; they need more data and time than tests may take."""
