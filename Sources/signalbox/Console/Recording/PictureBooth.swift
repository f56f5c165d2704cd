import Console
import Display

/// Draws what the console shows into files, in several sizes and themes at one moment.
struct PictureBooth {
  /// Where the pictures go.
  let directory: String

  /// Draws `NAME-THEME-COLUMNSxROWS.svg` for each theme and size.
  ///
  /// - Parameters:
  ///   - sizes: None for the size of the screen as it is.
  ///   - themes: None for the theme that is shown.
  ///   - place: The step of the script, for messages.
  /// - Throws: ``CommandFailure`` if there is no such theme, or a file cannot be written.
  func take(_ name: String, of state: ConsoleState, sizes: [Size], themes: [String], at place: String) throws
  {
    for theme in themes.isEmpty ? [state.theme.name] : themes {
      for size in sizes.isEmpty ? [state.size] : sizes {
        guard let shown = state.shown(in: theme, at: size) else {
          throw CommandFailure(
            .usage, "\(place): there is no theme \"\(theme)\"",
            advice: "the themes are: \(state.themeNames.joined(separator: ", "))")
        }
        let picture = Picture(
          view(shown), palette: PicturePalette(for: shown.theme.appearance),
          title: "Signalbox: \(name), \(size), theme \(theme)")
        try OutputFile.write(
          picture.svg, to: "\(directory)/\(name)-\(theme)-\(size.columns)x\(size.rows).svg")
      }
    }
  }
}
