package main

import (
	"fmt"
	"net"
)

// requireFreePorts fails before anything is started, because the server itself would only log it.
func requireFreePorts(opts options) error {
	if err := requireFree("gRPC", opts.address(), "--port"); err != nil {
		return err
	}
	if opts.headless {
		return nil
	}
	return requireFree("web UI", opts.uiAddress(), "--ui-port")
}

func requireFree(what, address, flagName string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("%s address %s is in use or not allowed (%w): stop what listens there, or choose another %s",
			what, address, err, flagName)
	}
	return listener.Close()
}

// freePorts holds every listener until all numbers are known, so no number comes twice.
func freePorts(ip string, count int) ([]int, error) {
	ports := make([]int, 0, count)
	for range count {
		listener, err := net.Listen("tcp", net.JoinHostPort(ip, "0"))
		if err != nil {
			return nil, fmt.Errorf("no free port on %s: %w", ip, err)
		}
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
