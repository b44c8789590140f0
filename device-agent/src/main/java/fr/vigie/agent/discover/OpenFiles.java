package fr.vigie.agent.discover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Which process has a device open, as far as this user may see: its own processes, or all as root.
 */
final class OpenFiles {
  private final Map<String, String> users = new HashMap<>();

  OpenFiles(Path root) throws IOException {
    for (Path process : Folder.entries(root.resolve("proc"))) {
      if (process.getFileName().toString().matches("\\d+")) {
        look(process);
      }
    }
  }

  private void look(Path process) {
    try {
      for (Path file : Folder.entries(process.resolve("fd"))) {
        String target = Files.readSymbolicLink(file).toString();
        if (target.startsWith("/dev/")) {
          String name = Folder.text(process.resolve("comm")).orElse("a process");
          users.putIfAbsent(target, name + " (process " + process.getFileName() + ")");
        }
      }
    } catch (IOException e) {
      // It has ended meanwhile, or belongs to another user.
    }
  }

  /** Empty when nobody is known to have it open. */
  String of(String device) {
    return users.getOrDefault(device, "");
  }
}
