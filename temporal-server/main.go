// Command temporal-server runs one Temporal server on SQLite for development and tests, on machines
// that reach a Go module proxy but not Temporal's downloads. It understands the flags of
// `temporal server start-dev` that matter here, so either program can take the other's place.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	err := run(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "temporal-server:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	opts, err := parseFlags(args)
	if err != nil {
		return err
	}
	if err := requireFreePorts(opts); err != nil {
		return err
	}
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGINT, syscall.SIGTERM)

	if err := serve(opts); err != nil {
		return err
	}
	fmt.Println(announcement(opts))

	// Ending at once loses nothing: whatever a client was told is a committed SQLite transaction. Stopping service by
	// service would take a quarter of a minute, for the sake of cluster members that do not exist.
	<-asked
	return nil
}

func announcement(opts options) string {
	line := "temporal-server: serving " + opts.address()
	if !opts.headless {
		line += ", web UI http://" + opts.uiAddress()
	}
	return line
}
