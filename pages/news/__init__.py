"""What has changed of what somebody was told before."""
