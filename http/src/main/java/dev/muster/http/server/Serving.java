package dev.muster.http.server;

import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Handler;
import dev.muster.http.serve.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every connection of one server needs. */
record Serving(ServerConfig config, Handler handler, Lanes lanes) {

    static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /** Words an answer, whatever the configured handler does. */
    Response answer(Exchange exchange, Fault fault) {
        try {
            return config.faults().answer(exchange, fault);
        } catch (RuntimeException e) {
            LOG.error("the fault handler failed", e);
            return FaultHandler.PLAIN.answer(exchange, fault);
        }
    }
}
