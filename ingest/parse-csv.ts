/** Text to records, by csv-parse. Ours are two things: which separator it is, and the rows' numbers. */
import { parse, type Options } from 'csv-parse/sync';

export interface CsvRecord {
  /** As a spreadsheet counts: the header is row 1, empty lines count. */
  readonly row: number;
  readonly cells: readonly string[];
}

interface ParsedCsv {
  /** Empty lines left out. */
  readonly records: readonly CsvRecord[];
  /** Where a quoted cell begins that never ends; everything after it is inside. */
  readonly unclosedRow?: number;
}

const SEPARATORS = [',', ';', '\t'];

/** With these a quote that never closes is the only error there is. */
const LENIENT: Options = {
  bom: true,
  ltrim: true,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  skip_records_with_error: true,
};

/**
 * Parses text with `,`, `;` or tabs between cells, whichever the header has most of; with LF or CRLF,
 * with or without a byte order mark. Quotes that do not enclose a whole cell are text.
 *
 * @example
 * parseCsv('a;b\r\n"1;x";"say ""hi"""').records[1] // => { row: 2, cells: ['1;x', 'say "hi"'] }
 */
export function parseCsv(text: string): ParsedCsv {
  const bytes = Buffer.from(text);
  const errors: unknown[] = [];
  const rows = parse(bytes, {
    ...LENIENT,
    delimiter: separatorOf(bytes),
    on_skip: (error) => void errors.push(error),
  });
  const records = rows
    .map((cells, i): CsvRecord => ({ row: i + 1, cells }))
    .filter(({ cells }) => cells.length > 1 || cells[0]?.trim() !== '');
  return errors.length === 0 ? { records } : { records, unclosedRow: rows.length + 1 };
}

/** Not csv-parse's own guess: it fails on any character beyond ASCII. */
function separatorOf(bytes: Buffer): string {
  const cellsWith = (delimiter: string): number =>
    parse(bytes, { ...LENIENT, delimiter, skip_empty_lines: true, to: 1 })[0]?.length ?? 0;
  return SEPARATORS.reduce((best, each) => (cellsWith(each) > cellsWith(best) ? each : best));
}
