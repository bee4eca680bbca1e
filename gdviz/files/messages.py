"""Every sentence about a file: what is wrong with it, where, and what to do.

Braces are filled by ``str.format``; ``{where}`` is "Line 3 of points.csv".
"""

# --- reaching the file --------------------------------------------------------------------------
MISSING = "There is no file {file}. Check the name and the folder."
IS_FOLDER = "{file} is a folder. Choose a file inside it."
NO_PERMISSION = "{file} may not be read. Ask its owner, or copy it to where you may read it."
CANNOT_READ = "{file} cannot be read: {reason}. Copy it to another place and try again."
CANNOT_WRITE = "{file} cannot be written: {reason}. Choose another place or name."
READ_ONLY = "it is read-only"
NO_ORDINARY_FILE = "it is no ordinary file"
LINKS_IN_A_CIRCLE = "its links go in a circle"
TOO_BIG = "{file} does not fit into the memory. Keep fewer of its rows or columns."

# --- not a table --------------------------------------------------------------------------------
EMPTY = "{file} is empty. It needs one row of numbers per line."
NO_ROWS = (
    "{file} has only blank lines and comments. It needs one row of numbers per line, and lines "
    "that start with # are left out."
)
HEADER_ONLY = "{file} has only a header (line {line}). Add one row of numbers per line below it."
SPREADSHEET = (
    "{file} is a spreadsheet or another zipped file, not text. Open it in the program that made "
    "it and save it as CSV."
)
BINARY = (
    "{where} has a NUL byte, so this is no text file. Save the table as CSV (UTF-8) and open that."
)
LONG_LINE = (
    "{where} is longer than {limit} characters. A table has one row of numbers per line: check "
    "the line ends."
)
NOT_UTF8 = (
    "{where} has a byte (0x{byte:02x}) that is not UTF-8 text. Save the file again as CSV with "
    "the encoding UTF-8."
)
NOT_UTF16 = (
    "{file} begins like UTF-16 text but goes on otherwise. Save the file again as CSV with the "
    "encoding UTF-8."
)
OPEN_QUOTE = '{where} opens a quote (") that is never closed. Close it or remove it.'

# --- columns ------------------------------------------------------------------------------------
ONE_COLUMN = (
    "{file} has only one column. It needs at least two, one for x and one for y, separated by a "
    "comma, a semicolon or a tab."
)
NO_NUMERIC_COLUMN = (
    "{file} has no numeric column: no column holds mostly numbers. It needs at least two columns "
    "of numbers."
)
ONE_NUMERIC_COLUMN = (
    "{file} has only one numeric column, {name}. It needs at least two, one for x and one for y."
)
NO_SUCH_COLUMN = "{file} has no column {name}. Its numeric columns are {names}."
NO_SUCH_COLUMN_BUT = "{file} has no column {name}. Did you mean {match}? There are {names}."
TEXT_COLUMN = "Column {name} of {file} holds text, not numbers. Its numeric columns are {names}."
NAMED_TWICE = "Column {name} is asked for twice. Name each feature once, and not the target too."
NO_FEATURE = "No feature column is chosen. Choose at least one of {names}."

# --- cells --------------------------------------------------------------------------------------
NOT_A_NUMBER = "{where}, column {column}: {cell} is not a number. Correct it or remove the line."
NOT_FINITE = (
    "{where}, column {column}: {cell} is not a finite number. Correct it or remove the line."
)
MISSING_VALUE = (
    "{where}, column {column}: the cell is empty. Fill in the missing value or remove the line."
)
VALUE_TOO_LARGE = (
    "{where}, column {column}: {cell} is beyond ±{limit:.0e}, which overflows when squared and "
    "summed. Use a larger unit."
)
RAGGED = (
    "{where} has {count} cell(s), but line {first} has {width}. Every line needs the same number "
    "of cells: look for a missing or extra separator at column {column}."
)
MIXED_DECIMALS = (
    "{where}, column {column}: {cell} has a decimal {mark}, but the file began with decimal "
    "{other}s. Use one of them throughout, and no thousands separators."
)

# --- bundled sets -------------------------------------------------------------------------------
NO_SUCH_SET = "There is no bundled data set {name}. The bundled sets are {names}."
NO_SUCH_SET_BUT = (
    "There is no bundled data set {name}. Did you mean {match}? The bundled sets are {names}."
)
RESOURCE_MISSING = "The program's own file {file} is missing. Install gdviz again."

# --- sessions -----------------------------------------------------------------------------------
NOT_A_SESSION = "{file} is not a gdviz session. Open a .gdviz file that this program saved."
BROKEN_SESSION = (
    "{file} is a damaged session ({reason}). Open an earlier copy of it, or the points as CSV."
)
NEWER_SESSION = (
    "{file} was saved by a newer gdviz (format {version}; this one reads up to {known}). "
    "Update gdviz to open it."
)
