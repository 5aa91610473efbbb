"""Where a rule says so, a page's text is read as a register too."""



def read_registers(becomes, item, export, tree):
    """Read agreements or members out of an item's text. Returns remarks."""
    return []
