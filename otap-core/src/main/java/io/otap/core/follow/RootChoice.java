/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Which root files are read; child files follow their roots.
 *
 * @param signals signals to read; empty for all
 * @param times event times in nanoseconds: a root file is read if one of its records may lie in
 *     them. Files that do not tell (metrics, whose points have the times) are judged by the time of
 *     their last change and are never too late
 * @param include globs of paths below the base of which one has to match; empty for all
 * @param exclude globs of paths below the base of which none may match
 * @param assumeSingleExporter whether folders without {@code _part_id} are taken for one exporter's
 */
@Internal
public record RootChoice(
    Set<Signal> signals,
    IdRange times,
    List<String> include,
    List<String> exclude,
    boolean assumeSingleExporter) {

  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?");

  public static final RootChoice ALL =
      new RootChoice(Set.of(), IdRange.ALL, List.of(), List.of(), false);

  public RootChoice {
    signals = Set.copyOf(signals);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /**
   * @param base the tree's folder
   * @param modified milliseconds since 1970 of the file's last change
   */
  public boolean takes(String base, DataFile root, long modified) {
    return takes(Signal.ofRoot(root.table())) && takesTime(root, modified) && takesPath(base, root);
  }

  private boolean takes(Signal signal) {
    return signals.isEmpty() || signals.contains(signal);
  }

  private boolean takesTime(DataFile root, long modified) {
    return root.times() == null
        ? times.min() <= TimeUnit.MILLISECONDS.toNanos(modified)
        : times.meets(root.times());
  }

  private boolean takesPath(String base, DataFile root) {
    if (include.isEmpty() && exclude.isEmpty()) {
      return true;
    }
    Path path = Path.of(below(base, root.path()));
    return (include.isEmpty() || include.stream().anyMatch(glob -> matcher(glob).matches(path)))
        && exclude.stream().noneMatch(glob -> matcher(glob).matches(path));
  }

  /** The path below the tree, in whichever way scheme and authority of both are written. */
  private static String below(String base, String file) {
    String folder = withoutScheme(base);
    String path = withoutScheme(file);
    int at = path.indexOf(folder);
    if (at < 0) {
      throw new IllegalStateException(file + " is not below " + base);
    }
    String below = path.substring(at + folder.length());
    return below.startsWith("/") ? below.substring(1) : below;
  }

  private static String withoutScheme(String location) {
    return SCHEME.matcher(location).replaceFirst("");
  }

  private static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }
}
