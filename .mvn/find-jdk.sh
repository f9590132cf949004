# Sourced by mvnw and gateway: prints the folder of a JDK 25, or fails.
# It looks in JAVA_HOME, behind the java of the PATH, and in the usual install folders of Linux, macOS and SDKMAN.
is_jdk() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -q '^JAVA_VERSION="25[".+-]' "$1/release"
}

find_jdk() {
  on_path=$(command -v java 2>/dev/null || true)
  if [ -n "$on_path" ]; then
    on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
    on_path=${on_path%/bin/java}
  fi
  for jdk in "${JAVA_HOME:-/none}" "${JAVA25_HOME:-/none}" "${on_path:-/none}" \
    /usr/lib/jvm/*25* /usr/java/*25* /opt/*jdk*25* /opt/java/*25* /opt/java/openjdk \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*25*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25*; do
    if is_jdk "$jdk"; then
      printf '%s\n' "$jdk"
      return 0
    fi
  done
  return 1
}
