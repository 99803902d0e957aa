package dev.muster.apiserver.route;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.table.Tables;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.apiserver.patch.PatchReader;
import dev.muster.apiserver.patch.PatchVerb;
import dev.muster.apiserver.read.GetVerb;
import dev.muster.apiserver.read.ListAnswer;
import dev.muster.apiserver.read.ListVerb;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.CollectionDeleter;
import dev.muster.apiserver.resource.Creator;
import dev.muster.apiserver.resource.Deleter;
import dev.muster.apiserver.resource.Getter;
import dev.muster.apiserver.resource.Lister;
import dev.muster.apiserver.resource.Patcher;
import dev.muster.apiserver.resource.Resource;
import dev.muster.apiserver.resource.Updater;
import dev.muster.apiserver.resource.Verb;
import dev.muster.apiserver.resource.Watchable;
import dev.muster.apiserver.resource.Work;
import dev.muster.apiserver.table.ObjectForms;
import dev.muster.apiserver.watch.WatchVerb;
import dev.muster.apiserver.write.BodyDecoder;
import dev.muster.apiserver.write.CreateVerb;
import dev.muster.apiserver.write.DeleteCollectionVerb;
import dev.muster.apiserver.write.DeleteVerb;
import dev.muster.apiserver.write.UpdateVerb;
import java.time.InstantSource;

/** All verbs, and which capability each one needs. */
final class Verbs {

    private final Verb<Getter> get;
    private final Verb<Lister> list;
    private final Verb<Watchable> watch;
    private final Verb<Creator> create;
    private final Verb<Updater> update;
    private final Verb<Patcher> patch;
    private final Verb<Deleter> delete;
    private final Verb<CollectionDeleter> deleteCollection;

    Verbs(Kinds kinds, Responder responder, InstantSource clock) {
        var work = new Work(responder);
        var forms = new ObjectForms(responder, new Tables(clock));
        var lists = new ListAnswer(responder, forms);
        var decoder = new BodyDecoder(kinds);
        this.get = new GetVerb(work, forms);
        this.list = new ListVerb(work, lists);
        this.watch = new WatchVerb(work, forms, clock);
        this.create = new CreateVerb(work, decoder, forms);
        this.update = new UpdateVerb(work, decoder, forms);
        this.patch = new PatchVerb(work, new PatchReader(decoder), forms);
        this.delete = new DeleteVerb(work, decoder, forms);
        this.deleteCollection = new DeleteCollectionVerb(work, decoder, lists);
    }

    /** False if the resource does not have the verb. */
    boolean handle(String verb, ApiCall call, Resource resource) {
        return switch (verb) {
            case "get" -> resource instanceof Getter r && done(get, call, r);
            case "list" -> resource instanceof Lister r && done(list, call, r);
            case "watch" -> resource instanceof Watchable r && done(watch, call, r);
            case "create" -> resource instanceof Creator r && done(create, call, r);
            case "update" -> resource instanceof Updater r && done(update, call, r);
            case "patch" -> resource instanceof Patcher r && done(patch, call, r);
            case "delete" -> resource instanceof Deleter r && done(delete, call, r);
            case "deletecollection" -> resource instanceof CollectionDeleter r && done(deleteCollection, call, r);
            default -> false;
        };
    }

    private static <R extends Resource> boolean done(Verb<R> verb, ApiCall call, R resource) {
        verb.handle(call, resource);
        return true;
    }
}
