/** Text of RFC 4180 to records: quoted cells may hold separators, quotes (doubled) and line ends. */

export interface CsvRecord {
  /** As a spreadsheet counts: the header is row 1, empty lines count. */
  readonly row: number;
  readonly cells: readonly string[];
}

export interface ParsedCsv {
  /** Empty lines left out. */
  readonly records: readonly CsvRecord[];
  /** Where a quoted cell begins that never ends; everything after it is inside. */
  readonly unclosedRow?: number;
}

const SEPARATORS = [',', ';', '\t'];

/**
 * Parses text with `,`, `;` or tabs between cells, whichever the first line has most of; with LF or
 * CRLF, with or without a byte order mark.
 *
 * @example
 * parseCsv('a;b\r\n"1;x";"say ""hi"""').records[1] // => { row: 2, cells: ['1;x', 'say "hi"'] }
 */
export function parseCsv(text: string): ParsedCsv {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const separator = findSeparator(source);
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let row = 1;
  let place = 0;
  while (place < source.length) {
    const cell = readCell(source, place, separator);
    if (cell === undefined) return { records, unclosedRow: row };
    cells.push(cell.value);
    place = cell.end;
    if (source[place] === separator) {
      place += 1;
      // A separator at the very end is followed by one more, empty cell.
      if (place < source.length) continue;
      cells.push('');
    }
    if (cells.length > 1 || cells[0]?.trim() !== '') records.push({ row, cells });
    cells = [];
    row += 1;
    place += source.startsWith('\r\n', place) ? 2 : 1;
  }
  return { records };
}

function readCell(
  source: string,
  start: number,
  separator: string,
): { readonly value: string; readonly end: number } | undefined {
  const isEnd = (place: number): boolean =>
    place >= source.length || [separator, '\n', '\r'].includes(source[place] ?? '');
  let value = '';
  let place = start;
  if (source[place] === '"') {
    for (place += 1; ; place += 1) {
      const quote = source.indexOf('"', place);
      if (quote === -1) return undefined;
      value += source.slice(place, quote);
      place = quote + 1;
      if (source[place] !== '"') break;
      value += '"';
    }
  }
  // Whatever follows a closing quote belongs to the cell: some programs write so.
  const rest = place;
  while (!isEnd(place)) place += 1;
  return { value: value + source.slice(rest, place), end: place };
}

function findSeparator(source: string): string {
  const [header = ''] = source.replaceAll(/"[^"]*"/g, '').split(/\r?\n/, 1);
  const count = (separator: string): number => header.split(separator).length;
  return SEPARATORS.reduce((best, each) => (count(each) > count(best) ? each : best));
}
