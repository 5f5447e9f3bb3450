"""What a script displays, in the forms that a slide can show: texts, pictures, tables, charts and figures."""
