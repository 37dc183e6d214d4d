package io.penstock.parts;

/**
 * A part file that is committed.
 *
 * @param path where readers find it, in the folder of its stream, with slashes
 * @param bytes its size
 * @param rows its records
 * @param tail checksum of its last bytes
 */
record Part(String path, long bytes, long rows, long tail) {

    /** Its name alone, which no other part of the directory has. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
