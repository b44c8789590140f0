package fr.vigie.server.store;

/** The twin keeps the contract that it stands for. */
class MemoryStoreTest extends StoreContract {
  @Override
  protected Marked open() {
    return new MemoryStore();
  }
}
