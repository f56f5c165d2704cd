#pragma once

// What Swift cannot import from curses.h: macros with casts, and globals, which Swift 6 refuses as not safe for
// concurrency. Functions only; a variable here would compile and fail to link.

#define _GNU_SOURCE 1
#define NCURSES_WIDECHAR 1
#include <locale.h>
#include <ncurses.h>
#include <wchar.h>

// From term.h, which would define macros of the most common words (columns, lines, …).
int setupterm(const char *_Nullable name, int descriptor, int *_Nullable status);

static inline attr_t curses_bold(void) { return A_BOLD; }
static inline attr_t curses_dim(void) { return A_DIM; }
static inline attr_t curses_italic(void) { return A_ITALIC; }
static inline attr_t curses_underline(void) { return A_UNDERLINE; }
static inline attr_t curses_reverse(void) { return A_REVERSE; }

static inline WINDOW *curses_standard_screen(void) { return stdscr; }
static inline WINDOW *curses_current_screen(void) { return curscr; }
static inline int curses_colours(void) { return COLORS; }
static inline int curses_rows(void) { return LINES; }
static inline int curses_columns(void) { return COLS; }
static inline int curses_function_key(int number) { return KEY_F(number); }

// A pair above 255 does not fit into attributes: it goes through the options, and the short argument stays 0.
static inline int curses_make_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
  return setcchar(cell, text, attributes, 0, &pair);
}

// ncurses says (char *)-1 for a name that is not a string capability.
static inline const char *_Nullable curses_capability(const char *_Nonnull name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}
