/// One text and the statements that it holds.
struct SplittingCase: CustomStringConvertible, Sendable {
  var description: String
  var text: String
  var statements: [String]
  /// Whether PostgreSQL 15's parser reads the text, so that its opinion can be compared.
  var isReadable = true

  init(_ description: String, _ text: String, _ statements: [String], readable: Bool = true) {
    self.description = description
    self.text = text
    self.statements = statements
    isReadable = readable
  }

  static let all: [SplittingCase] = quotes + dollars + comments + routines + operators + ends

  static let quotes: [SplittingCase] = [
    SplittingCase("a semicolon in a string", "select 'a;b'; select 2", ["select 'a;b'", "select 2"]),
    SplittingCase("a doubled quote", "select 'it''s;'; select 2;", ["select 'it''s;'", "select 2"]),
    SplittingCase("a backslash in a plain string", #"select '\'; select 2"#, [#"select '\'"#, "select 2"]),
    SplittingCase(
      "an escaped quote in an E-string", #"select E'\';'; select 2"#, [#"select E'\';'"#, "select 2"]),
    SplittingCase("an escaped backslash", #"select e'\\'; select 2"#, [#"select e'\\'"#, "select 2"]),
    SplittingCase(
      "an octal and a hexadecimal escape", #"select E'\047;\x27;'; select 2"#,
      [#"select E'\047;\x27;'"#, "select 2"]),
    SplittingCase(
      "a name that ends in e before a string", #"select date'2020-01-01', name'\'; select 2"#,
      [#"select date'2020-01-01', name'\'"#, "select 2"]),
    SplittingCase("bit strings", "select b'01', X'1F'; select 2", ["select b'01', X'1F'", "select 2"]),
    SplittingCase("a national string", #"select n'a;\'; select 2"#, [#"select n'a;\'"#, "select 2"]),
    SplittingCase(
      "a Unicode string", #"select U&'\0041;' UESCAPE '!'; select 2"#,
      [#"select U&'\0041;' UESCAPE '!'"#, "select 2"]),
    SplittingCase(
      "a Unicode identifier", #"select 1 as U&"a;\0041"; select 2"#,
      [#"select 1 as U&"a;\0041""#, "select 2"]),
    SplittingCase("u and an operator", "select u&1 from t; select 2", ["select u&1 from t", "select 2"]),
    SplittingCase(
      "a quoted identifier", "select 1 as \"a;\"\"b'\"; select 2", ["select 1 as \"a;\"\"b'\"", "select 2"]),
    SplittingCase(
      "a string that goes on in the next line", "select 'a'\n  'b;'; select 2",
      ["select 'a'\n  'b;'", "select 2"]),
    SplittingCase(
      "an E-string keeps its escapes in the next line", "select E'a'\n'\\';'; select 2",
      ["select E'a'\n'\\';'", "select 2"]),
    SplittingCase(
      "a continuation behind a comment", "select E'a' -- it's\n -- more\n '\\';'; select 2",
      ["select E'a' -- it's\n -- more\n '\\';'", "select 2"], readable: false),
    SplittingCase(
      "a continuation behind a carriage return", "select E'a'\r'\\';'; select 2",
      ["select E'a'\r'\\';'", "select 2"]),
    SplittingCase(
      "no continuation in the same line", #"select E'a' '\'; select 2"#, [#"select E'a' '\'"#, "select 2"],
      readable: false),
    SplittingCase(
      "no continuation behind a block comment", "select E'a' /*\n*/ '\\'; select 2",
      ["select E'a' /*\n*/ '\\'", "select 2"], readable: false),
    SplittingCase(
      "white space behind a string that does not go on", "select 'a'\n\n; select 2",
      ["select 'a'", "select 2"]),
    SplittingCase(
      "escapes in plain strings when they are switched on",
      #"SET standard_conforming_strings = off; select 'a\';b'; set standard_conforming_strings to on; select '\'; select 3"#,
      [
        "SET standard_conforming_strings = off", #"select 'a\';b'"#, "set standard_conforming_strings to on",
        #"select '\'"#, "select 3",
      ],
      readable: false),
    SplittingCase(
      "escapes switched on for a session and reset",
      #"set session standard_conforming_strings to 'off'; select '\';'; reset standard_conforming_strings; select '\'; select 3"#,
      [
        "set session standard_conforming_strings to 'off'", #"select '\';'"#,
        "reset standard_conforming_strings", #"select '\'"#, "select 3",
      ],
      readable: false),
  ]

  static let dollars: [SplittingCase] = [
    SplittingCase("a dollar quote", "do $$ begin; end $$; select 2", ["do $$ begin; end $$", "select 2"]),
    SplittingCase(
      "a tag", "do $body$ a; $$; $other$; $body$; select 2", ["do $body$ a; $$; $other$; $body$", "select 2"]),
    SplittingCase(
      "tags in four levels", "do $a$ $b$ $c$ $d$;$d$;$c$;$b$;$a$; select 2",
      ["do $a$ $b$ $c$ $d$;$d$;$c$;$b$;$a$", "select 2"]),
    SplittingCase("tags differ in case", "do $A$ ; $a$ ; $A$; select 2", ["do $A$ ; $a$ ; $A$", "select 2"]),
    SplittingCase(
      "a tag that is the end of another", "do $a$ ; x$b$a$; select 2", ["do $a$ ; x$b$a$", "select 2"]),
    SplittingCase("a half tag", "do $a$ ; $a ; $a$; select 2", ["do $a$ ; $a ; $a$", "select 2"]),
    SplittingCase(
      "dollars without a tag between", "do $$ $ ; $1 ; $$; select 2", ["do $$ $ ; $1 ; $$", "select 2"]),
    SplittingCase(
      "a tag with letters outside ASCII", "do $é$ ; $é$; select 2", ["do $é$ ; $é$", "select 2"]),
    SplittingCase("dollars in a name", "select a$b$c; select d$b$e", ["select a$b$c", "select d$b$e"]),
    SplittingCase("dollars at the end of a name", "select a$$; select b$$", ["select a$$", "select b$$"]),
    SplittingCase("parameters", "select $1; select $2", ["select $1", "select $2"]),
    SplittingCase(
      "a dollar quote right behind a parenthesis", "select f($$;$$); select 2",
      ["select f($$;$$)", "select 2"]),
    SplittingCase(
      "a dollar quote right behind a number", "select 1$$;$$; select 2", ["select 1$$;$$", "select 2"],
      readable: false),
    SplittingCase("a lone dollar", "select $ ; select 2", ["select $", "select 2"], readable: false),
  ]

  static let comments: [SplittingCase] = [
    SplittingCase(
      "line comments", "-- a; b\nselect 1 -- ; '\n; -- c\nselect 2 -- d", ["select 1", "select 2"]),
    SplittingCase(
      "a block comment", "/* ; ' */ select /* ; */ 1 /* $$ */; select 2", ["select /* ; */ 1", "select 2"]),
    SplittingCase("nested comments", "select 1 /* a /* b; */ ; */; select 2", ["select 1", "select 2"]),
    SplittingCase(
      "stars and slashes", "/***/ select 1 /* **/; /*/ ; */ select 2 /**/", ["select 1", "select 2"]),
    SplittingCase(
      "a comment that ends in an operator", "select 1 */* ; */ 2; select 2",
      ["select 1 */* ; */ 2", "select 2"]),
    SplittingCase(
      "a line comment in an operator", "select 1 +-- ;\n 2; select 2", ["select 1 +-- ;\n 2", "select 2"]),
    SplittingCase(
      "a line comment that a carriage return ends", "select 1 -- ;\r; select 2", ["select 1", "select 2"]),
    SplittingCase(
      "comment marks in strings", "select '--', '/*'; select \"--\".\"/*\" from \"--\"",
      ["select '--', '/*'", "select \"--\".\"/*\" from \"--\""]),
    SplittingCase("comments only", "-- nothing\n/* here */\n", []),
    SplittingCase(
      "a breakpoint mark behind the semicolon", "select 1;--> statement-breakpoint\nselect 2;",
      ["select 1", "select 2"]),
  ]

  static let routines: [SplittingCase] = [
    SplittingCase(
      "a routine's body",
      "create function f() returns int begin atomic select 1; select 2; end; select 3",
      ["create function f() returns int begin atomic select 1; select 2; end", "select 3"]),
    SplittingCase(
      "an empty body",
      "create or replace procedure p() begin atomic end; select 3",
      ["create or replace procedure p() begin atomic end", "select 3"]),
    SplittingCase(
      "empty statements in a body",
      "create procedure p() begin atomic ; ; select 1; end; select 3",
      ["create procedure p() begin atomic ; ; select 1; end", "select 3"]),
    SplittingCase(
      "CASE in a body",
      "create function f() returns int begin atomic select case when true then 1 else case 2 when 2 then 3 end end; select 2; end; select 3",
      [
        "create function f() returns int begin atomic select case when true then 1 else case 2 when 2 then 3 end end; select 2; end",
        "select 3",
      ]),
    SplittingCase(
      "a column called end in a body",
      "create function f() returns int begin atomic select t.end, 1 as end, t.begin from t; select 1 end; end; select 3",
      [
        "create function f() returns int begin atomic select t.end, 1 as end, t.begin from t; select 1 end; end",
        "select 3",
      ]),
    SplittingCase(
      "names that hold atomic and end",
      "create function atomic() returns int language sql begin atomic select atomic, begin_atomic, ending, \"end\" from atomic; select begin atomic; end; select 3",
      [
        "create function atomic() returns int language sql begin atomic select atomic, begin_atomic, ending, \"end\" from atomic; select begin atomic; end",
        "select 3",
      ]),
    SplittingCase(
      "a function called begin",
      "create function begin(begin int, atomic int) returns int language sql as 'select 1'; select 3",
      ["create function begin(begin int, atomic int) returns int language sql as 'select 1'", "select 3"]),
    SplittingCase(
      "comments between BEGIN and ATOMIC",
      "create function f() returns int begin /* ; */ atomic -- ;\n select 1; end; select 3",
      ["create function f() returns int begin /* ; */ atomic -- ;\n select 1; end", "select 3"]),
    SplittingCase(
      "a function within a body",
      "create procedure p() begin atomic create function f() returns int begin atomic select 1; end; select 2; end; select 3",
      [
        "create procedure p() begin atomic create function f() returns int begin atomic select 1; end; select 2; end",
        "select 3",
      ]),
    SplittingCase(
      "a rule within a body",
      "create procedure p() begin atomic create rule r as on insert to t do (select 1; select 2); select 2; end; select 3",
      [
        "create procedure p() begin atomic create rule r as on insert to t do (select 1; select 2); select 2; end",
        "select 3",
      ]),
    SplittingCase(
      "BEGIN and END as statements",
      "begin; select 1; end; begin; create table begin (atomic int); commit",
      ["begin", "select 1", "end", "begin", "create table begin (atomic int)", "commit"]),
    SplittingCase(
      "a column called begin beside one called atomic",
      "select begin atomic; select 2; end",
      ["select begin atomic", "select 2", "end"]),
    SplittingCase(
      "a trigger that executes a function",
      "create trigger t before insert on x for each row execute function f(); select 2",
      ["create trigger t before insert on x for each row execute function f()", "select 2"]),
    SplittingCase(
      "a rule with several actions",
      "create rule r as on insert to t do also (insert into a values (1); delete from b; ); select 2",
      ["create rule r as on insert to t do also (insert into a values (1); delete from b; )", "select 2"]),
  ]

  static let operators: [SplittingCase] = [
    SplittingCase(
      "casts and assignments", "select f(a := 1, b => 2)::text::int[]; select 2",
      ["select f(a := 1, b => 2)::text::int[]", "select 2"]),
    SplittingCase(
      "array slices", "select a[1:2], a[:n], a[n:], a[b:c], a[1:'2'] from t; select 2",
      ["select a[1:2], a[:n], a[n:], a[b:c], a[1:'2'] from t", "select 2"]),
    SplittingCase(
      "operators", "select a @> b, c #>> '{;}', d ?| e, |/ 4, 5 ! ~ 6 from t; select 2",
      ["select a @> b, c #>> '{;}', d ?| e, |/ 4, 5 ! ~ 6 from t", "select 2"]),
    SplittingCase(
      "numbers", "select 1.5e-3, .5, 1., 1e10; select 2", ["select 1.5e-3, .5, 1., 1e10", "select 2"]),
    SplittingCase(
      "newer numbers", "select 1_000, 0xFF; select 2", ["select 1_000, 0xFF", "select 2"], readable: false),
    SplittingCase(
      "a parenthesis too many", "select 1); select 2", ["select 1)", "select 2"], readable: false),
    SplittingCase(
      "a parenthesis that stays open", "select (1; select 2", ["select (1; select 2"], readable: false),
  ]

  static let ends: [SplittingCase] = [
    SplittingCase("nothing", "", []),
    SplittingCase("white space", " \t\r\n", []),
    SplittingCase("semicolons", ";;; select 1;; ;", ["select 1"]),
    SplittingCase("no semicolon at the end", "select 1;\nselect 2", ["select 1", "select 2"]),
    SplittingCase("line ends of Windows", "select 1;\r\nselect\r\n2;\r\n", ["select 1", "select\r\n2"]),
    SplittingCase("form feeds", "select 1;\u{C}select\u{C}2\u{C};\u{C}", ["select 1", "select\u{C}2"]),
    SplittingCase(
      "vertical tabs", "select 1;\u{B}select 2\u{B};\u{B}", ["select 1", "select 2"], readable: false),
    SplittingCase(
      "names outside ASCII", "create table größe (名前 text); select 'ü;' from größe",
      ["create table größe (名前 text)", "select 'ü;' from größe"]),
    SplittingCase("an open string", "select 1; select 'a; b", ["select 1", "select 'a; b"], readable: false),
    SplittingCase(
      "an open dollar quote", "select 1; do $a$ ; $b$", ["select 1", "do $a$ ; $b$"], readable: false),
    SplittingCase(
      "an open identifier", "select 1; select \"a; b", ["select 1", "select \"a; b"], readable: false),
    SplittingCase("an open comment", "select 1; /* select 2; /* */", ["select 1"], readable: false),
    SplittingCase("an escape at the very end", #"select E'\"#, [#"select E'\"#], readable: false),
  ]
}
