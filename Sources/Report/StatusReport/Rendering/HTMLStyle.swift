/// The looks of the HTML document: light or dark as the reader's system asks, readable on paper.
enum HTMLStyle {
  /// The style sheet, without `<style>`.
  static let sheet = """
    :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #57606a; --line: #d8dee4;
      --shade: #f5f7f9; --good: #1a7f37; --warning: #9a6700; --bad: #cf222e; --open: #0550ae; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9198a1;
      --line: #30363d; --shade: #161b22; --good: #3fb950; --warning: #d29922; --bad: #f85149; --open: #58a6ff; } }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
    h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 1rem; }
    h2 { font-size: 1.4rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
    h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
    h4 { font-size: 1rem; margin: 1.25rem 0 .4rem; color: var(--soft); }
    p, ul, ol, pre, .table, details { margin: .6rem 0; }
    ul.checks { list-style: none; padding-left: 0; }
    ul.checks input { margin-right: .4rem; }
    code, pre { font: .875em/1.5 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
    code { background: var(--shade); border-radius: 4px; padding: .1em .3em; overflow-wrap: anywhere; }
    pre { background: var(--shade); border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem;
      overflow-x: auto; line-height: 1.4; }
    pre code { background: none; padding: 0; overflow-wrap: normal; }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .9375em; }
    th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
    th { background: var(--shade); white-space: nowrap; }
    summary { cursor: pointer; color: var(--soft); }
    a { color: var(--open); }
    .mark { font-weight: 700; }
    .good { color: var(--good); } .warning { color: var(--warning); }
    .bad { color: var(--bad); } .open { color: var(--open); }
    @media print { main { max-width: none; padding: 0; } nav { display: none; } pre { white-space: pre-wrap; } }
    """
}
