import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { lead } from '../dsl/lead.ts';
import { parseCsv } from './parse-csv.ts';
import { readLeadsCsv } from './read-csv.ts';

const Lead = lead(
  z.object({
    email: z.email(),
    companySize: z.number().int().optional(),
    customer: z.boolean().nullish(),
    role: z.enum(['manager', 'engineer']).optional(),
    timezone: z.string().optional(),
  }),
);

describe('parsing', () => {
  const cells = (text: string) => parseCsv(text).records.map((record) => record.cells);

  test.each([
    [
      'plain',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF and no end',
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'byte order mark',
      '\uFEFFa,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quotes',
      '"a","b"\n"x,""y""","line\nbreak"',
      [
        ['a', 'b'],
        ['x,"y"', 'line\nbreak'],
      ],
    ],
    [
      'semicolons',
      'a;b\n1,5;2',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'empty lines',
      '\na,b\n\n1,2\n   \n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'empty cells',
      'a,b\n,\n1,',
      [
        ['a', 'b'],
        ['', ''],
        ['1', ''],
      ],
    ],
    [
      'empty lines before semicolons, letters beyond ASCII',
      '\n\nñ;b\n1,5;🌱',
      [
        ['ñ', 'b'],
        ['1,5', '🌱'],
      ],
    ],
    [
      'quotes that do not enclose a cell',
      'a,b\n5" pipe,"A" GmbH\n"1", "2,3"',
      [
        ['a', 'b'],
        ['5" pipe', '"A" GmbH'],
        ['1', '2,3'],
      ],
    ],
    ['ragged rows', 'a,b\n1\n1,2,3', [['a', 'b'], ['1'], ['1', '2', '3']]],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => {
    expect(cells(text)).toEqual(expected);
  });

  test('rows are counted as a spreadsheet does', () => {
    expect(parseCsv('a\n\n"x\ny"\nz').records.map(({ row }) => row)).toEqual([1, 3, 4]);
  });

  test('a quote that never closes', () => {
    expect(parseCsv('a,b\n1,2\n"3,4\n5,6')).toMatchObject({
      records: [{ row: 1 }, { row: 2 }],
      unclosedRow: 3,
    });
  });

  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'ñ') });
  property.prop([fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1 })])(
    'whatever was quoted is read back',
    (rows) => {
      const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = ['h,i,j', ...rows.map((row) => row.map(quote).join(','))].join('\r\n');
      expect(cells(text).slice(1)).toEqual(rows);
    },
  );
});

describe('leads', () => {
  test('cells become what the model says, empty ones nothing', () => {
    const text = [
      'E-mail;Company Size;customer;role;timezone;user_id;consent:news',
      'ana@example.com;50;yes;manager;Europe/Madrid;u1;yes',
      'luis@example.com;;;;;;no',
    ].join('\r\n');
    expect(readLeadsCsv(text.replace('E-mail', 'Email'), Lead)).toEqual({
      leads: [
        {
          row: 2,
          userId: 'u1',
          traits: {
            email: 'ana@example.com',
            companySize: 50,
            customer: true,
            role: 'manager',
            timezone: 'Europe/Madrid',
            consents: { news: true },
          },
        },
        { row: 3, traits: { email: 'luis@example.com', consents: { news: false } } },
      ],
      problems: [],
    });
  });

  test('what does not fit is named by row and field, what fits goes on', () => {
    const text = [
      'email,companySize,role,timezone,shoe,consent:news',
      'ana@example.com,fifty,boss,Europe/Atlantis,,maybe',
      'not an address,1,,,,',
      ',1,,,,',
      'luis@example.com,1',
      'eva@example.com,3,engineer,,42,',
    ].join('\n');
    const { leads, problems } = readLeadsCsv(text, Lead);
    expect(leads).toEqual([
      { row: 2, traits: { email: 'ana@example.com' } },
      { row: 6, traits: { email: 'eva@example.com', companySize: 3, role: 'engineer' } },
    ]);
    expect(
      problems.map(
        ({ row, field, expected, received, leavesOut }) =>
          `${row} ${field}: ${expected}, ${received} (${leavesOut})`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "1 shoe: a field of the lead model, another name (field)",
        "2 consent:news: yes or no, text (field)",
        "2 timezone: a zone like Europe/Madrid, another name (field)",
        "2 companySize: a number, text (field)",
        "2 role: one of manager, engineer, text (field)",
        "3 email: an e-mail address, text (row)",
        "4 email: an e-mail address or a user id, nothing (row)",
        "5 : 6 cells, 2 (row)",
      ]
    `);
  });

  test('columns that were nearly meant', () => {
    const { problems } = readLeadsCsv('email,compny size,Consents\na@b.example,1,x\n', Lead, [
      'news',
    ]);
    expect(problems.map(({ field, expected }) => [field, expected])).toEqual([
      ['compny size', 'a field of the lead model (did you mean companySize?)'],
      ['Consents', 'a column for each topic: consent:news'],
    ]);
  });

  test('whoever lacks what the model requires is known, with a user id, by what there is', () => {
    const text = 'user_id,email,companySize\nu1,,7\nu2,at home,8\n';
    expect(readLeadsCsv(text, Lead)).toMatchObject({
      leads: [
        { userId: 'u1', traits: { companySize: 7 } },
        { userId: 'u2', traits: { companySize: 8 } },
      ],
      problems: [{ row: 3, field: 'email', leavesOut: 'field' }],
    });
  });

  test('nothing at all', () => {
    expect(readLeadsCsv('', Lead).problems).toEqual([
      { row: 1, field: '', expected: 'a header and rows', received: 'nothing', leavesOut: 'row' },
    ]);
  });
});
