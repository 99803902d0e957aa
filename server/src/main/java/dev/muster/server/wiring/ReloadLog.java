package dev.muster.server.wiring;

import dev.muster.crypto.reload.ReloadingFiles;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator what came of a changed file. */
record ReloadLog(String what) implements ReloadingFiles.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadLog.class);

    @Override
    public void reloaded(List<Path> files) {
        LOG.info("{} reloaded from {}", what, files);
    }

    @Override
    public void kept(List<Path> files, String why) {
        LOG.warn("{}: the change of {} is ignored and the old one stays: {}", what, files, why);
    }
}
