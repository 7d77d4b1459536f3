# Sourced by the commands of this folder, which set name and home: finds Java, builds if need be, runs.
# A command that loads other classes than otap-replay sets archive_name, and rehearsal: main class and arguments of a run that
# loads them.
target=$home/examples/target
stamp=$target/otap-replay.built
archive=$target/${archive_name:-otap-replay}.jsa
[[ -v rehearsal ]] || rehearsal=(io.otap.examples.replay.OtapReplay --from "$home/testdata/logs-small/parquet" --to print:basic)

fail() {
  printf '%s: %s\n' "$name" "$1" >&2
  exit 2
}

java=java
[[ -n ${JAVA_HOME:-} && -x $JAVA_HOME/bin/java ]] && java=$JAVA_HOME/bin/java
command -v "$java" > /dev/null || fail "no java found; install a JDK 17 or set JAVA_HOME"

version() { # the feature release, from the JDK's release file where there is one: faster than a JVM
  local dir line
  dir=$(dirname "$(readlink -f "$(command -v "$java")")")/..
  line=$(grep -s '^JAVA_VERSION=' "$dir/release" || "$java" -version 2>&1 | grep -m1 version || true)
  [[ $line =~ \"(1\.)?([0-9]+) ]] && echo "${BASH_REMATCH[2]}" || echo 0
}
release=$(version)
((release >= 17)) || fail "Java 17 or newer is needed; $java is version $release"

is_built() {
  local reference=$stamp
  compgen -G "$target/otap-examples-*.jar" > /dev/null || return 1
  [[ -d $target/lib && -d $target/flink ]] || return 1
  [[ -f $reference ]] || reference=$(compgen -G "$target/otap-examples-*.jar" | head -n 1)
  [[ -z $(find "$home/pom.xml" "$home"/*/pom.xml "$home"/*/src/main -type f -newer "$reference" -print -quit) ]]
}

run() { # main class, JVM options, then --, then arguments
  local main=$1 options=()
  shift
  while [[ $1 != -- ]]; do options+=("$1") && shift; done
  shift
  set -- "$java" -XX:+UseSerialGC -Xmx1g -Xlog:disable -Xlog:all=error:stderr "${options[@]}" \
    -Dotap.home="$home" -cp "$(compgen -G "$target/otap-examples-*.jar" | head -n 1):$target/lib/*:$target/flink/*" \
    "$main" "$@"
  [[ $in_place == true ]] && exec "$@"
  "$@"
}

is_rehearsed() { # with the jars as they are now, or tried at least
  local made=$archive
  [[ -f $made ]] || made=$archive.none
  [[ -f $made && -z $(find "$target"/otap-examples-*.jar "$target/lib" "$target/flink" -newer "$made" -print -quit) ]]
}

is_rehearsing() { # another call, right now
  local pid
  pid=$(cat "$archive.pid" 2> /dev/null) && kill -0 "$pid" 2> /dev/null
}

rehearse() { # an archive of the classes that a run loads halves the start; without it all works as well
  echo "$BASHPID" > "$archive.pid"
  rm -f "$archive" "$archive.none"
  run "${rehearsal[0]}" -XX:TieredStopAtLevel=1 -XX:ArchiveClassesAtExit="$archive.$$" -- "${rehearsal[@]:1}" || true
  if [[ -f $archive.$$ ]]; then mv "$archive.$$" "$archive"; else touch "$archive.none"; fi
  rm -f "$archive.pid"
}

in_place=false
if ! is_built; then
  mvn=${MVN:-mvn}
  command -v "$mvn" > /dev/null || fail "not built yet and no mvn found; install Maven 3.8 or newer"
  echo "$name: building first (mvn package in $home) ..." >&2
  (cd "$home" && "$mvn" -q -B -DskipTests -Dspotless.check.skip=true package -pl examples -am) >&2 \
    || fail "the build failed; run 'mvn package' in $home"
  rehearse > /dev/null 2>&1
  touch "$stamp"
elif ! is_rehearsed && [[ -w $target ]] && ! is_rehearsing; then
  # Maven has built: the next call will start sooner, this one does not wait.
  (renice -n 19 "$BASHPID"; rehearse) > /dev/null 2>&1 < /dev/null &
fi

in_place=true
options=()
if is_rehearsed && [[ -f $archive ]]; then options+=(-XX:SharedArchiveFile="$archive" -Xshare:auto); fi
