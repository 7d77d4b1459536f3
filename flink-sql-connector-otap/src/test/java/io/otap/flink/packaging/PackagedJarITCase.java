/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the one jar, and what is not. */
class PackagedJarITCase {

  private static final Pattern ALLOWED =
      Pattern.compile(
          String.join(
              "|",
              "io/otap/(core|flink/(source|sink|table))/.*\\.class",
              "io/otap/shaded/(com/google|io/(grpc|opentelemetry|perfmark)|org/(apache/(arrow|parquet)|locationtech)|parquet)/.*",
              // Native methods carry the names of their classes.
              "com/github/luben/zstd/.*\\.class",
              "(aix|darwin|freebsd|linux|win)/\\w+/libzstd-jni-[0-9.-]+\\.(so|dylib|dll)",
              "META-INF/native/(lib)?io_otap_shaded_io_grpc_netty_shaded_netty_\\w+\\.(so|jnilib|dll)",
              "META-INF/services/(io\\.otap\\.shaded\\.io\\.grpc\\.\\w+|org\\.apache\\.flink\\.\\S+)",
              "META-INF/(MANIFEST\\.MF|LICENSE|NOTICE|licenses/(LICENSE|NOTICE)\\..*)"));

  /** Names of packages that are relocated, as they were. */
  private static final Pattern RELOCATED =
      Pattern.compile(
          "(com\\.google|io\\.(grpc|opentelemetry|perfmark)|org\\.(apache\\.(arrow|parquet)|locationtech)|shaded\\.parquet)\\..*");

  private static final Pattern IN_NOTICE =
      Pattern.compile("^- (\\S+:\\S+:\\S+)$", Pattern.MULTILINE);
  private static final Pattern LICENSE_FILE = Pattern.compile("META-INF/[\\w./-]*\\w");

  private static JarFile jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(path().toFile());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  private static Path path() {
    return Path.of(System.getProperty("otap.sql-jar"));
  }

  private static Stream<String> entries() {
    return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName);
  }

  @Test
  void nothingLeaksBesideWhatIsAllowed() {
    assertThat(entries().filter(name -> !ALLOWED.matcher(name).matches())).isEmpty();
  }

  @Test
  void whatEveryFlinkHasIsLeftOut() {
    assertThat(entries())
        .noneMatch(name -> name.startsWith("org/apache/flink/"))
        .noneMatch(name -> name.startsWith("org/slf4j/"))
        .noneMatch(name -> name.startsWith("org/xerial/snappy/"))
        .noneMatch(name -> name.startsWith("net/jpountz/"))
        .noneMatch(name -> name.startsWith("javax/"));
  }

  @Test
  void everyEntryIsThereOnce() {
    assertThat(entries().toList()).doesNotHaveDuplicates();
  }

  @Test
  void noTwoArtifactsHaveTheSameClass() throws IOException {
    Map<String, String> owners = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (BundledArtifact artifact : BundledArtifact.all()) {
      try (JarFile file = new JarFile(artifact.file().toFile())) {
        file.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
            .forEach(
                name -> {
                  String before = owners.put(name, artifact.coordinates());
                  if (before != null) {
                    twice.add(name + " of " + before + " and " + artifact.coordinates());
                  }
                });
      }
    }
    assertThat(owners).hasSizeGreaterThan(5000);
    assertThat(twice).isEmpty();
  }

  @Test
  void noticeListsWhatIsBundled() throws IOException {
    List<String> bundled =
        BundledArtifact.all().stream()
            .filter(artifact -> !artifact.isOurs())
            .map(BundledArtifact::coordinates)
            .toList();
    assertThat(bundled).hasSizeGreaterThan(20);
    assertThat(IN_NOTICE.matcher(text("META-INF/NOTICE")).results().map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(bundled);
  }

  @Test
  void noticeNamesLicencesThatAreThere() throws IOException {
    List<String> named =
        LICENSE_FILE.matcher(text("META-INF/NOTICE")).results().map(r -> r.group()).toList();
    assertThat(named).contains("META-INF/LICENSE").allMatch(name -> jar.getEntry(name) != null);
    assertThat(named)
        .containsAll(
            entries()
                .filter(name -> name.startsWith("META-INF/licenses/"))
                // The build of netty-tcnative uses it; no file of the jar comes from it.
                .filter(name -> !name.endsWith("mvn-wrapper.txt"))
                .toList());
    assertThat(text("META-INF/LICENSE")).contains("Apache License", "Version 2.0");
    assertThat(text("META-INF/licenses/NOTICE.netty")).contains("The Netty Project");
  }

  @Test
  void servicesAreMergedAndNameClassesOfTheJar() throws IOException {
    List<String> services =
        entries().filter(name -> name.startsWith("META-INF/services/")).toList();
    assertThat(services).contains("META-INF/services/org.apache.flink.table.factories.Factory");
    for (String service : services) {
      assertThat(providers(service))
          .as(service)
          .isNotEmpty()
          .doesNotHaveDuplicates()
          .allMatch(provider -> provider.startsWith("io.otap."))
          .allMatch(PackagedJarITCase::hasClass);
      String type = service.substring("META-INF/services/".length());
      assertThat(hasClass(type) || type.startsWith("org.apache.flink.")).as(service).isTrue();
    }
    String grpc = "META-INF/services/io.otap.shaded.io.grpc.";
    assertThat(providers(grpc + "LoadBalancerProvider"))
        .as("of grpc-core and of grpc-util")
        .anyMatch(provider -> provider.contains(".internal.PickFirst"))
        .anyMatch(provider -> provider.contains(".util.SecretRoundRobin"));
    assertThat(providers(grpc + "NameResolverProvider"))
        .as("of grpc-core and of grpc-netty-shaded")
        .anyMatch(provider -> provider.contains(".internal.Dns"))
        .anyMatch(provider -> provider.contains(".netty.Uds"));
    assertThat(providers(grpc + "ManagedChannelProvider")).hasSize(2);
  }

  /** By instructions and signatures; names that nothing uses may stand in a constant pool. */
  @Test
  void ourClassesUseTheRelocatedPackages() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    JavaClasses classes =
        new ClassFileImporter(List.of(location -> !location.contains("/io/otap/shaded/")))
            .importJar(jar);
    List<String> used =
        classes.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(Dependency::getTargetClass)
            .map(JavaClass::getBaseComponentType)
            .map(JavaClass::getName)
            .distinct()
            .toList();
    assertThat(used)
        .contains("io.otap.shaded.com.google.protobuf.CodedOutputStream")
        .noneMatch(name -> RELOCATED.matcher(name).matches());
  }

  @Test
  void nativeLibrariesOfNettyAreFoundUnderTheirNewNames() throws Exception {
    String netty = "io.otap.shaded.io.grpc.netty.shaded.io.netty.";
    for (String type : new String[] {"handler.ssl.OpenSsl", "channel.epoll.Epoll"}) {
      Class<?> library = Class.forName(netty + type);
      assertThat(library.getProtectionDomain().getCodeSource().getLocation())
          .isEqualTo(path().toUri().toURL());
      Throwable cause = (Throwable) library.getMethod("unavailabilityCause").invoke(null);
      if (type.endsWith("OpenSsl") || System.getProperty("os.name").equals("Linux")) {
        assertThat(cause).as(type).isNull();
      }
    }
  }

  private static List<String> providers(String service) throws IOException {
    return text(service).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static boolean hasClass(String name) {
    return jar.getEntry(name.replace('.', '/') + ".class") != null;
  }

  private static String text(String entry) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
  }
}
