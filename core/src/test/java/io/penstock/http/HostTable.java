package io.penstock.http;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.SimpleNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Name servers of a test: a table of names and addresses, which may change between two questions. */
final class HostTable extends AddressResolverGroup<InetSocketAddress> {

    private final Map<String, List<String>> table = new ConcurrentHashMap<>();

    HostTable with(String name, String... addresses) {
        table.put(name, List.of(addresses));
        return this;
    }

    private List<InetAddress> lookUp(String name) throws UnknownHostException {
        List<String> found = table.get(name.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new UnknownHostException(name);
        }
        InetAddress[] addresses = new InetAddress[found.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = InetAddress.getByAddress(name, bytes(found.get(i)));
        }
        return Arrays.asList(addresses);
    }

    private static byte[] bytes(String literal) throws UnknownHostException {
        return io.netty.util.NetUtil.createByteArrayFromIpAddressString(literal);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new io.netty.resolver.InetSocketAddressResolver(executor, new SimpleNameResolver<>(executor) {
            @Override
            protected void doResolve(String name, Promise<InetAddress> promise) throws UnknownHostException {
                promise.setSuccess(lookUp(name).get(0));
            }

            @Override
            protected void doResolveAll(String name, Promise<List<InetAddress>> promise) throws UnknownHostException {
                promise.setSuccess(lookUp(name));
            }
        });
    }
}
