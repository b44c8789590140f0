package fr.vigie.agent.bus;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.Closeable;
import java.io.IOException;

/** A device that takes control calls ({@code ioctl}). */
interface Control extends Closeable {
  /**
   * @return 0, or the number of the error that the system gives
   * @throws IOException when it is closed
   */
  int call(NativeLong request, Pointer argument) throws IOException;
}
