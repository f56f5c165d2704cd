extension PrefixSet {
  /// Foreign data, operators, casts, aggregates, collations, conversions, text search.
  static let rareObjects: [PrefixSet] = [
    PrefixSet(
      "wrappers, servers, mappings and foreign tables",
      before: ["CREATE ROLE prefix_mapped"], clusterObjects: ["ROLE prefix_mapped"],
      "CREATE FOREIGN DATA WRAPPER w", "ALTER FOREIGN DATA WRAPPER w OPTIONS (ADD debug 'true')",
      "CREATE SERVER s TYPE 'a' VERSION '1' FOREIGN DATA WRAPPER w", "ALTER SERVER s VERSION '2'",
      "ALTER SERVER s OPTIONS (host 'a')", "CREATE USER MAPPING FOR prefix_mapped SERVER s OPTIONS (a 'b')",
      "ALTER USER MAPPING FOR prefix_mapped SERVER s OPTIONS (SET a 'c')",
      "CREATE FOREIGN TABLE f (a int) SERVER s OPTIONS (t 'u')", "ALTER FOREIGN TABLE f OPTIONS (SET t 'v')",
      "ALTER FOREIGN TABLE f ADD COLUMN b text", "ALTER SERVER s RENAME TO s2",
      "ALTER FOREIGN TABLE f RENAME TO f2",
      "DROP USER MAPPING FOR prefix_mapped SERVER s2", "ALTER FOREIGN DATA WRAPPER w RENAME TO w2",
      "CREATE USER MAPPING FOR PUBLIC SERVER s2"),
    PrefixSet(
      "options of foreign columns",
      "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w",
      "CREATE FOREIGN TABLE f (a int, b int OPTIONS (x 'y')) SERVER s",
      "ALTER FOREIGN TABLE f ALTER COLUMN a OPTIONS (ADD name 'A', kind 'k')",
      "ALTER FOREIGN TABLE f ALTER COLUMN a OPTIONS (SET name 'B')",
      "ALTER FOREIGN TABLE f ALTER COLUMN a OPTIONS (DROP name, SET kind 'l')",
      "ALTER FOREIGN TABLE f ALTER a SET DEFAULT 3", "ALTER FOREIGN TABLE f RENAME COLUMN a TO c",
      "ALTER FOREIGN TABLE f ALTER COLUMN c OPTIONS (SET kind 'm')"),
    PrefixSet(
      "dictionaries that take the place of others",
      "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple); CREATE TEXT SEARCH DICTIONARY e (TEMPLATE = simple)",
      "CREATE TEXT SEARCH CONFIGURATION c (PARSER = default)",
      "ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word, asciiword, numword WITH d, simple",
      "ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word REPLACE d WITH e",
      "ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR asciiword REPLACE simple WITH e",
      "ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING REPLACE d WITH english_stem",
      "ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH simple"),
    PrefixSet(
      "operators, their classes and families",
      """
      CREATE FUNCTION eqq(int, text) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
      CREATE FUNCTION cmpp(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2'
      """,
      "CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eqq)",
      "ALTER OPERATOR === (int, text) SET (RESTRICT = eqsel)",
      "ALTER OPERATOR === (int, text) SET (RESTRICT = NONE, JOIN = eqjoinsel)",
      "CREATE OPERATOR FAMILY fam USING btree",
      "CREATE OPERATOR CLASS cla FOR TYPE int USING btree FAMILY fam AS OPERATOR 3 =(int, int)",
      "ALTER OPERATOR CLASS cla USING btree RENAME TO clb",
      "ALTER OPERATOR FAMILY fam USING btree RENAME TO fan",
      "CREATE SCHEMA x; ALTER OPERATOR CLASS clb USING btree SET SCHEMA x",
      "ALTER OPERATOR === (int, text) SET SCHEMA x", "DROP OPERATOR x.=== (int, text)",
      "DROP OPERATOR CLASS x.clb USING btree",
      "DROP OPERATOR FAMILY fan USING btree"),
    PrefixSet(
      "casts, aggregates, collations, conversions and transforms, some made anew otherwise",
      """
      CREATE TYPE pair AS (a int);
      CREATE FUNCTION pair_of(int) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1)::pair'
      """,
      "CREATE CAST (int AS pair) WITH FUNCTION pair_of(int)",
      "DROP CAST (int AS pair); CREATE CAST (int AS pair) WITH FUNCTION pair_of(int) AS ASSIGNMENT",
      "CREATE AGGREGATE su (int) (SFUNC = int4pl, STYPE = int)",
      "CREATE OR REPLACE AGGREGATE su (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0')",
      "ALTER AGGREGATE su(int) RENAME TO sv", #"CREATE COLLATION c (LOCALE = 'C')"#,
      #"DROP COLLATION c; CREATE COLLATION c (LOCALE = 'POSIX')"#, "ALTER COLLATION c RENAME TO d",
      "CREATE SCHEMA x; ALTER COLLATION d SET SCHEMA x",
      "CREATE CONVERSION conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
      "ALTER CONVERSION conv RENAME TO conv2",
      "DROP CAST (int AS pair)", "DROP AGGREGATE sv(int)", "DROP CONVERSION conv2",
      "CREATE TRANSFORM FOR pair LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))",
      "DROP TRANSFORM FOR pair LANGUAGE sql"),
    PrefixSet(
      "dictionaries, configurations, templates and parsers of text search",
      "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, STOPWORDS = english)",
      "ALTER TEXT SEARCH DICTIONARY d (STOPWORDS = german)",
      "CREATE TEXT SEARCH CONFIGURATION c (COPY = english)",
      "ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH d",
      "ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR word",
      "ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH d, simple",
      "ALTER TEXT SEARCH DICTIONARY d RENAME TO e", "ALTER TEXT SEARCH CONFIGURATION c RENAME TO c2",
      "CREATE TEXT SEARCH TEMPLATE te (LEXIZE = dsimple_lexize, INIT = dsimple_init)",
      """
      CREATE TEXT SEARCH PARSER pa
      (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)
      """,
      "ALTER TEXT SEARCH TEMPLATE te RENAME TO te2", "DROP TEXT SEARCH PARSER pa",
      "CREATE SCHEMA x; ALTER TEXT SEARCH CONFIGURATION c2 SET SCHEMA x",
      "DROP TEXT SEARCH CONFIGURATION x.c2", "DROP TEXT SEARCH DICTIONARY IF EXISTS e"),
  ]
}
