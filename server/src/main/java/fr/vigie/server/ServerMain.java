package fr.vigie.server;

public final class ServerMain {
  private ServerMain() {}
}
