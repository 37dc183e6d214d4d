package io.penstock.checks.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What code may not call: calls and method references, in lambdas too. */
final class CallRules {

    private static final String DURATION = "java.time.Duration";
    private static final String SCHEDULER = "reactor.core.scheduler.Scheduler";
    private static final String FLUX = "reactor.core.publisher.Flux";
    private static final String MONO = "reactor.core.publisher.Mono";
    private static final String CONSTRUCTOR = "<init>";

    /** Names that stop a thread, by the type that declares them or one above it. */
    private static final Map<String, Set<String>> STOPPING = Map.ofEntries(
            Map.entry(MONO, Set.of("block", "blockOptional")),
            Map.entry(FLUX, Set.of("blockFirst", "blockLast", "toIterable", "toStream")),
            Map.entry("java.util.concurrent.CountDownLatch", Set.of("await")),
            Map.entry("java.util.concurrent.CyclicBarrier", Set.of("await")),
            Map.entry("java.util.concurrent.locks.Condition", Set.of("await", "awaitNanos", "awaitUntil")),
            Map.entry("java.util.concurrent.Semaphore", Set.of("acquire", "acquireUninterruptibly")),
            Map.entry("java.util.concurrent.Future", Set.of("get", "join", "sync", "await", "awaitUninterruptibly")),
            Map.entry("java.util.concurrent.BlockingQueue", Set.of("take", "put")),
            Map.entry("java.util.concurrent.ExecutorService", Set.of("awaitTermination", "invokeAll", "invokeAny")),
            Map.entry("io.netty.channel.group.ChannelGroupFuture", Set.of("awaitUninterruptibly", "await", "sync")),
            Map.entry("reactor.netty.DisposableChannel", Set.of("disposeNow")),
            Map.entry("reactor.netty.transport.ServerTransport", Set.of("bindNow", "bindUntilJavaShutdown")),
            Map.entry("java.lang.Process", Set.of("waitFor")),
            Map.entry("java.lang.Thread", Set.of("join")),
            Map.entry("java.lang.Object", Set.of("wait")));

    private CallRules() {}

    /** Clocks, sleeps, timers and chance that are not passed in, as {@code class: call}. */
    static Set<String> systemTimeAndChance(JavaClasses classes) {
        return calls(classes, CallRules::takesTimeOrChance);
    }

    /** Calls that hold a thread until something happens, as {@code class: call}. */
    static Set<String> blocking(JavaClasses classes) {
        return calls(classes, CallRules::stops);
    }

    /** Merging operators of {@code Flux} that leave their concurrency to a default, as {@code class: call}. */
    static Set<String> unstatedConcurrency(JavaClasses classes) {
        return calls(classes, CallRules::mergesByDefault);
    }

    private static Set<String> calls(JavaClasses classes, Predicate<CodeUnitAccessTarget> wrong) {
        Set<String> found = new TreeSet<>();
        for (JavaClass from : classes) {
            for (JavaCodeUnitAccess<?> access : from.getCodeUnitAccessesFromSelf()) {
                CodeUnitAccessTarget target = access.getTarget();
                if (wrong.test(target)) {
                    String owner = target.getOwner().getSimpleName();
                    String call =
                            target.getName().equals(CONSTRUCTOR) ? "new " + owner : owner + "." + target.getName();
                    found.add(from.getName().split("\\$")[0] + ": " + call);
                }
            }
        }
        return found;
    }

    private static boolean takesTimeOrChance(CodeUnitAccessTarget target) {
        String owner = target.getOwner().getName();
        String name = target.getName();
        List<String> parameters =
                target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        return switch (owner) {
            case "java.lang.System" -> name.equals("nanoTime") || name.equals("currentTimeMillis");
            case "java.lang.Thread" -> name.equals("sleep") || name.equals("onSpinWait");
            case "java.util.concurrent.TimeUnit" -> name.equals("sleep");
            case "java.util.concurrent.locks.LockSupport" -> name.startsWith("park");
            case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
            case "java.util.Random", "java.util.SplittableRandom", "java.util.Date" ->
                name.equals(CONSTRUCTOR) && parameters.isEmpty();
            case "java.security.SecureRandom" -> name.equals(CONSTRUCTOR) || name.startsWith("getInstance");
            case "java.util.Timer", "java.util.concurrent.ThreadLocalRandom" -> true;
            case "java.util.random.RandomGenerator" ->
                name.equals("getDefault") || name.equals("of") && parameters.size() == 1;
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
            case FLUX, MONO -> timesByItself(name, parameters);
            case "reactor.util.retry.Retry" -> name.equals("backoff") || name.equals("fixedDelay");
            default -> owner.startsWith("java.time.") && name.equals("now") && !parameters.contains("java.time.Clock");
        };
    }

    private static boolean timesByItself(String name, List<String> parameters) {
        boolean stamps = Set.of("elapsed", "timestamp", "timed").contains(name);
        return !name.startsWith("block")
                && !parameters.contains(SCHEDULER)
                && (parameters.contains(DURATION) || stamps);
    }

    private static boolean stops(CodeUnitAccessTarget target) {
        return STOPPING.entrySet().stream()
                .anyMatch(entry -> entry.getValue().contains(target.getName())
                        && target.getOwner().isAssignableTo(entry.getKey()));
    }

    private static boolean mergesByDefault(CodeUnitAccessTarget target) {
        String owner = target.getOwner().getName();
        boolean stated = target.getRawParameterTypes().stream()
                .anyMatch(type -> type.getName().equals("int"));
        return switch (target.getName()) {
            case "flatMap", "flatMapSequential", "flatMapDelayError", "flatMapSequentialDelayError" ->
                !stated && (owner.equals(FLUX) || owner.equals("reactor.core.publisher.ParallelFlux"));
            case "merge", "mergeSequential" ->
                !stated
                        && owner.equals(FLUX)
                        && target.getRawParameterTypes().size() == 1
                        && !target.getRawParameterTypes().get(0).isArray();
            default -> false;
        };
    }
}
